import type { DepartmentInput, DepartmentRow, OperatorInput } from '@concentric/contracts';
import { ApiError, type Session } from '../target/api';
import { ensureOperator } from '../target/operators';
import { distributorCode, storeCode } from './sample-network';

/** Everybody of the sample signs in with this; it is printed, because the sample is there to look around in. */
export const SAMPLE_PASSWORD = 'tonghe-sample-2025';

/** Who can sign in, and as what. */
export interface SampleSignIn {
  readonly role: string;
  readonly name: string;
  readonly password: string;
}

type Person = Pick<OperatorInput, 'name' | 'displayName' | 'roles'> & { readonly department: string; readonly partner?: string };

const PEOPLE: readonly Person[] = [
  { name: 'member', displayName: '周敏 Zhou Min', roles: ['member_manager'], department: 'member' },
  { name: 'content', displayName: '林雪 Lin Xue', roles: ['content_planner'], department: 'content-planning' },
  { name: 'channel', displayName: '陈浩 Chen Hao', roles: ['channel_author'], department: 'channel-operations' },
  { name: 'channel-lead', displayName: '何丽 He Li', roles: ['channel_approver'], department: 'channel-operations' },
  { name: 'finance', displayName: '吴静 Wu Jing', roles: ['finance_maker'], department: 'finance' },
  { name: 'finance-lead', displayName: '郭强 Guo Qiang', roles: ['finance_checker'], department: 'finance' },
  { name: 'treasury', displayName: '徐宁 Xu Ning', roles: ['treasury_maker'], department: 'finance' },
  { name: 'treasury-lead', displayName: '马超 Ma Chao', roles: ['treasury_checker'], department: 'finance' },
  { name: 'management', displayName: '高洋 Gao Yang', roles: ['management'], department: '' },
  { name: 'operations', displayName: '罗磊 Luo Lei', roles: ['operations'], department: 'it' },
  {
    name: 'distributor',
    displayName: '杭州禾悦商贸 Hangzhou Heyue Trading',
    roles: ['partner'],
    department: '',
    partner: distributorCode(0),
  },
  { name: 'store', displayName: '同禾杭州文三路店 Hangzhou Wensan Road', roles: ['partner'], department: '', partner: storeCode(0) },
];

/** Signed up last of all: where this operator is there, the sample has been loaded to its end. */
export const LAST_OPERATOR: Person = { name: 'auditor', displayName: '孙伟 Sun Wei', roles: ['auditor'], department: '' };

const duty = (zh: string, en: string) => ({ zh, en });

/** How many work where; these departments come with every organization. */
const STAFF: Readonly<Record<string, number>> = {
  member: 18,
  service: 26,
  'store-operations': 40,
  'content-planning': 9,
  marketing: 14,
  enablement: 5,
  product: 22,
  'supply-chain': 31,
  finance: 11,
  it: 8,
  people: 3,
};

/** What this brand has besides. */
const OWN_DEPARTMENTS: readonly DepartmentInput[] = [
  {
    code: 'channel-operations',
    name: duty('渠道运营部', 'Channel operations'),
    ring: 2,
    emphasis: false,
    staff: 12,
    duties: [duty('与渠道伙伴公平分润', 'Share fairly with channel partners')],
    position: 65,
  },
];

/** Staffs the departments and creates everybody who works for the brand; what is there already stays as it is. */
export async function hirePeople(admin: Session, brandId: string): Promise<void> {
  for (const department of OWN_DEPARTMENTS) await unlessThere(admin.post('organization', '/departments', department));
  const { data } = await admin.get<{ data: DepartmentRow[] }>('organization', '/departments');
  for (const { id, code, staff, revision } of data) {
    if (staff === 0 && STAFF[code] !== undefined) await admin.patch('organization', `/departments/${id}`, { revision, staff: STAFF[code] });
  }
  const departmentIds = new Map(data.map(({ id, code }) => [code, id]));
  for (const person of PEOPLE) {
    if (!person.partner) await hire(admin, brandId, person, departmentIds.get(person.department) ?? null, { kind: 'all' });
  }
}

/** Lets partners in, who must be in the network by now. */
export async function hirePartners(admin: Session, brandId: string): Promise<void> {
  for (const person of PEOPLE) {
    if (!person.partner) continue;
    const { data } = await admin.get<{ data: { id: string; code: string }[] }>(
      'distribution',
      `/brands/${brandId}/partners?q=${person.partner}`,
    );
    const partner = data.find(({ code }) => code === person.partner);
    if (partner) await hire(admin, brandId, person, null, { kind: 'partner', partnerId: partner.id });
  }
}

/** Marks the load as complete. */
export const hireLast = (admin: Session, brandId: string) => hire(admin, brandId, LAST_OPERATOR, null, { kind: 'all' });

/** Name, role and password of everybody. */
export function sampleSignIns(adminPassword: string): SampleSignIn[] {
  const people = [...PEOPLE, LAST_OPERATOR].map(({ name, roles, displayName }) => ({
    role: `${roles.join(', ')} · ${displayName}`,
    name,
    password: SAMPLE_PASSWORD,
  }));
  return [{ role: 'admin', name: 'admin', password: adminPassword }, ...people];
}

async function hire(
  admin: Session,
  brandId: string,
  { name, displayName, roles }: Person,
  departmentId: string | null,
  scope: OperatorInput['scope'],
): Promise<void> {
  await ensureOperator(admin, { name, displayName, password: SAMPLE_PASSWORD, roles, brands: [brandId], scope, departmentId });
}

/** Whatever exists already is left alone. */
export async function unlessThere(request: Promise<unknown>): Promise<void> {
  try {
    await request;
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 409)) throw error;
  }
}
