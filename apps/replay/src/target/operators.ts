import type { OperatorInput, RoleCode } from '@concentric/contracts';
import { ApiError, Session, type ServiceUrls } from './api';

/** Creates an operator unless there is one of that name. @returns whether it is new */
export async function ensureOperator(admin: Session, operator: OperatorInput): Promise<boolean> {
  try {
    await admin.post('organization', '/operators', operator);
    return true;
  } catch (error) {
    if (error instanceof ApiError && error.status === 409) return false;
    throw error;
  }
}

/** The hands that a run needs: nobody may author and activate a plan, or submit and approve a statement, alone. */
export interface Crew {
  readonly admin: Session;
  readonly operations: Session;
  readonly author: Session;
  readonly approver: Session;
  readonly auditor: Session;
}

const CREW: readonly { key: keyof Crew; name: string; roles: RoleCode[] }[] = [
  { key: 'operations', name: 'replay-operations', roles: ['operations'] },
  { key: 'author', name: 'replay-author', roles: ['channel_author'] },
  { key: 'approver', name: 'replay-approver', roles: ['channel_approver'] },
  { key: 'auditor', name: 'replay-auditor', roles: ['auditor'] },
];

/** Creates the operators of a throwaway run, all with one password. */
export async function hireCrew(urls: ServiceUrls, adminPassword: string): Promise<Crew> {
  const admin = new Session(urls, 'admin', adminPassword);
  const sessions: Partial<Record<keyof Crew, Session>> = { admin };
  for (const { key, name, roles } of CREW) {
    await ensureOperator(admin, {
      name,
      displayName: name,
      password: adminPassword,
      roles,
      brands: 'all',
      scope: { kind: 'all' },
      departmentId: null,
    });
    sessions[key] = new Session(urls, name, adminPassword);
  }
  return sessions as Crew;
}
