import type { DataScope, RoleCode } from '@concentric/contracts';
import { ApiError, Session } from '@concentric/replay';
import type { Installation } from './installation';

/** The people of an installation: nobody may author and activate a plan, or submit and approve a statement, alone. */
const ROLES = {
  operations: ['operations'],
  author: ['channel_author'],
  approver: ['channel_approver'],
  maker: ['finance_maker'],
  checker: ['finance_checker'],
  secondChecker: ['finance_checker'],
  treasuryMaker: ['treasury_maker'],
  treasuryChecker: ['treasury_checker'],
  auditor: ['auditor'],
  management: ['management'],
} as const satisfies Record<string, readonly RoleCode[]>;

export type Crew = Readonly<Record<keyof typeof ROLES | 'admin', Session>>;

/** Engages everybody, all with the password of the first operator. */
export async function hireCrew(installation: Installation): Promise<Crew> {
  const admin = new Session(installation.urls, 'admin', installation.adminPassword);
  const crew: Partial<Record<keyof Crew, Session>> = { admin };
  for (const [name, roles] of Object.entries(ROLES) as [keyof typeof ROLES, readonly RoleCode[]][])
    crew[name] = await hire(installation, admin, name, roles);
  return crew as Crew;
}

/** Engages one operator. */
export async function hire(
  installation: Installation,
  admin: Session,
  name: string,
  roles: readonly RoleCode[],
  scope: DataScope = { kind: 'all' },
  brands: 'all' | readonly string[] = 'all',
): Promise<Session> {
  await admin
    .post('organization', '/operators', {
      name,
      displayName: name,
      password: installation.adminPassword,
      roles,
      brands,
      scope,
      departmentId: null,
    })
    .catch((error: unknown) => {
      if (!(error instanceof ApiError && error.status === 409)) throw error;
    });
  return new Session(installation.urls, name, installation.adminPassword);
}

/** Status and code of a refusal. @throws Error when the call succeeds */
export async function refusalOf(call: Promise<unknown>): Promise<{ status: number; code: string | undefined; text: string }> {
  try {
    await call;
  } catch (error) {
    if (error instanceof ApiError) return { status: error.status, code: error.problem?.code, text: error.message };
    throw error;
  }
  throw new Error('the call was expected to be refused, but succeeded');
}
