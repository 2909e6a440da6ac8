import type { DepartmentInput, OperatorInput } from '@concentric/contracts';
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
  { name: 'member', displayName: '周敏 Zhou Min', roles: ['member_manager'], department: 'member-centre' },
  { name: 'content', displayName: '林雪 Lin Xue', roles: ['content_planner'], department: 'content-planning' },
  { name: 'channel', displayName: '陈浩 Chen Hao', roles: ['channel_author'], department: 'channel-operations' },
  { name: 'channel-lead', displayName: '何丽 He Li', roles: ['channel_approver'], department: 'channel-operations' },
  { name: 'finance', displayName: '吴静 Wu Jing', roles: ['finance_maker'], department: 'finance' },
  { name: 'finance-lead', displayName: '郭强 Guo Qiang', roles: ['finance_checker'], department: 'finance' },
  { name: 'management', displayName: '高洋 Gao Yang', roles: ['management'], department: 'management' },
  { name: 'operations', displayName: '罗磊 Luo Lei', roles: ['operations'], department: 'it' },
  { name: 'distributor', displayName: '杭州禾悦商贸 Hangzhou Heyue Trading', roles: ['partner'], department: '', partner: distributorCode(0) },
  { name: 'store', displayName: '同禾杭州文三路店 Hangzhou Wensan Road', roles: ['partner'], department: '', partner: storeCode(0) },
];

/** Signed up last of all: where this operator is there, the sample has been loaded to its end. */
export const LAST_OPERATOR: Person = { name: 'auditor', displayName: '孙伟 Sun Wei', roles: ['auditor'], department: '' };

const duty = (zh: string, en: string) => ({ zh, en });

const DEPARTMENTS: readonly (Omit<DepartmentInput, 'duties'> & { duties: { zh: string; en: string }[] })[] = [
  { code: 'member-centre', name: duty('会员中心', 'Member centre'), ring: 1, emphasis: true, staff: 18, duties: [duty('经营会员生命周期', 'Care for members through their whole life with the brand')], position: 10 },
  { code: 'customer-service', name: duty('客户服务', 'Customer service'), ring: 1, emphasis: false, staff: 26, duties: [duty('十分钟内回应', 'Answer within ten minutes')], position: 20 },
  { code: 'store-operations', name: duty('门店运营', 'Store operations'), ring: 1, emphasis: false, staff: 40, duties: [duty('让导购服务好每一位顾客', 'Help guides serve every customer')], position: 30 },
  { code: 'content-planning', name: duty('内容策划', 'Content planning'), ring: 2, emphasis: true, staff: 9, duties: [duty('策划触达顾客的内容', 'Plan what customers hear and see')], position: 10 },
  { code: 'marketing', name: duty('市场营销', 'Marketing'), ring: 2, emphasis: false, staff: 14, duties: [duty('吸引合适的新客', 'Win new customers who fit')], position: 20 },
  { code: 'enablement', name: duty('内部赋能', 'Internal enablement'), ring: 2, emphasis: true, staff: 5, duties: [duty('培训导购与团长', 'Train guides and group leaders')], position: 30 },
  { code: 'channel-operations', name: duty('渠道运营', 'Channel operations'), ring: 2, emphasis: false, staff: 12, duties: [duty('与渠道伙伴公平分润', 'Share fairly with channel partners')], position: 40 },
  { code: 'product', name: duty('产品研发', 'Product'), ring: 3, emphasis: false, staff: 22, duties: [duty('与用户共创产品', 'Create products together with users')], position: 10 },
  { code: 'supply-chain', name: duty('供应链', 'Supply chain'), ring: 3, emphasis: false, staff: 31, duties: [duty('按承诺送达', 'Deliver as promised')], position: 20 },
  { code: 'finance', name: duty('财务', 'Finance'), ring: 4, emphasis: false, staff: 11, duties: [duty('准时足额结算', 'Settle in time and to the cent')], position: 10 },
  { code: 'it', name: duty('信息技术', 'IT'), ring: 4, emphasis: false, staff: 8, duties: [duty('守护顾客数据', 'Guard customer data')], position: 20 },
  { code: 'management', name: duty('管理层', 'Management'), ring: 4, emphasis: false, staff: 4, duties: [duty('以顾客为中心决策', 'Decide around the customer')], position: 30 },
];

/** Creates the departments and everybody who works for the brand; what is there already stays as it is. */
export async function hirePeople(admin: Session, brandId: string): Promise<void> {
  for (const department of DEPARTMENTS) await unlessThere(admin.post('organization', '/departments', department));
  const { data } = await admin.get<{ data: { id: string; code: string }[] }>('organization', '/departments');
  const departmentIds = new Map(data.map(({ id, code }) => [code, id]));
  for (const person of PEOPLE) {
    if (!person.partner) await hire(admin, brandId, person, departmentIds.get(person.department) ?? null, { kind: 'all' });
  }
}

/** Lets partners in, who must be in the network by now, and marks the load as complete with the last operator. */
export async function hirePartners(admin: Session, brandId: string): Promise<void> {
  for (const person of PEOPLE) {
    if (!person.partner) continue;
    const { data } = await admin.get<{ data: { id: string; code: string }[] }>('distribution', `/brands/${brandId}/partners?q=${person.partner}`);
    const partner = data.find(({ code }) => code === person.partner);
    if (partner) await hire(admin, brandId, person, null, { kind: 'partner', partnerId: partner.id });
  }
  await hire(admin, brandId, LAST_OPERATOR, null, { kind: 'all' });
}

/** Name, role and password of everybody. */
export function sampleSignIns(adminPassword: string): SampleSignIn[] {
  const people = [...PEOPLE, LAST_OPERATOR].map(({ name, roles, displayName }) => ({ role: `${roles.join(', ')} · ${displayName}`, name, password: SAMPLE_PASSWORD }));
  return [{ role: 'admin', name: 'admin', password: adminPassword }, ...people];
}

async function hire(admin: Session, brandId: string, { name, displayName, roles }: Person, departmentId: string | null, scope: OperatorInput['scope']): Promise<void> {
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
