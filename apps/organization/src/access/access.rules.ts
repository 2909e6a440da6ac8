import { type OperatorInput, type RoleCode, type ServiceName, serviceRank } from '@concentric/contracts';

const both = (...nouns: string[]) => nouns.flatMap((noun) => [`${noun}.read`, `${noun}.write`]);
const read = (...nouns: string[]) => nouns.map((noun) => `${noun}.read`);
const services = Object.keys(serviceRank) as ServiceName[];
const operate = services.map((service) => `${service}.ops.manage`);
const audit = services.map((service) => `${service}.audit`);

const commerce = ['brand', 'product', 'order', 'refund', 'expense', 'import', 'seal'].map((noun) => `commerce.${noun}`);
const edited = ['partner', 'plan', 'settings', 'held'].map((noun) => `distribution.${noun}`);
/** What comes about by purchases, by time and by decisions, and is never edited. */
const derived = ['binding', 'commission', 'period', 'statement', 'ledger'].map((noun) => `distribution.${noun}`);
const distribution = [...edited, ...derived];
/** Documents of finance and treasury: made by one, decided by another, never edited. */
const documents = ['adjustment', 'dispute', 'payee', 'withholding', 'payout', 'bank', 'finding', 'recalculation'].map(
  (noun) => `distribution.${noun}`,
);
const organization = ['operator', 'department'].map((noun) => `organization.${noun}`);
const touchpoint = 'content-planning.touchpoint';

/** Every permission there is; routes name no other. */
export const permissions: readonly string[] = [
  ...both(...commerce, 'membership.settings', ...edited, ...organization, touchpoint),
  ...read('membership.member', 'organization.role', ...derived, ...documents, ...audit),
  'membership.identity.reveal',
  'distribution.plan.activate',
  'distribution.partner.block',
  'distribution.line.hold',
  'distribution.held.propose',
  'distribution.held.approve',
  'distribution.control.run',
  'distribution.control.release',
  'distribution.period.start',
  'distribution.period.close',
  'distribution.period.rebuild',
  'distribution.statement.submit',
  'distribution.statement.approve',
  'distribution.statement.void',
  'distribution.statement.confirm',
  'distribution.statement.dispute',
  'distribution.dispute.propose',
  'distribution.dispute.approve',
  'distribution.adjustment.propose',
  'distribution.adjustment.approve',
  'distribution.payee.propose',
  'distribution.payee.approve',
  'distribution.withholding.propose',
  'distribution.withholding.approve',
  'distribution.payout.prepare',
  'distribution.payout.approve',
  'distribution.payout.release',
  'distribution.bank.import',
  'distribution.bank.confirm',
  'distribution.finding.accept',
  'distribution.recalculation.propose',
  'distribution.recalculation.approve',
  'indicators.value.read',
  ...operate,
].sort();

const everythingReadable = permissions.filter((permission) => permission.endsWith('.read'));
const forEverybody = read('commerce.brand', 'organization.department');

export interface Role {
  readonly name: { readonly zh: string; readonly en: string };
  readonly permissions: readonly string[];
  /** Roles that one person may not hold together with this one. */
  readonly excludes: readonly RoleCode[];
}

const role = (zh: string, en: string, granted: readonly string[], excludes: readonly RoleCode[] = []): Role => ({
  name: { zh, en },
  permissions: [...new Set([...forEverybody, ...granted])].sort(),
  excludes,
});

/** The role matrix. What is not listed is not allowed; nobody reads an identity in plain text but the member manager. */
export const roles: Readonly<Record<RoleCode, Role>> = {
  admin: role('系统管理员', 'Administrator', [
    ...everythingReadable,
    ...both(...organization),
    'commerce.brand.write',
    'membership.settings.write',
    'distribution.settings.write',
    ...operate,
  ]),
  member_manager: role('会员运营', 'Member manager', [
    ...both('membership.settings'),
    'membership.identity.reveal',
    ...read(
      'membership.member',
      'commerce.product',
      'commerce.order',
      'commerce.refund',
      'distribution.partner',
      'distribution.binding',
      touchpoint,
      'indicators.value',
    ),
  ]),
  content_planner: role('内容策划', 'Content planner', [
    ...both(touchpoint),
    ...read('commerce.product', 'commerce.expense', 'indicators.value'),
  ]),
  channel_author: role(
    '渠道方案',
    'Channel author',
    [
      ...read(...distribution, 'distribution.audit', 'commerce.order', 'commerce.product', 'indicators.value', touchpoint),
      'distribution.partner.write',
      'distribution.plan.write',
      'distribution.held.write',
    ],
    ['channel_approver'],
  ),
  channel_approver: role(
    '渠道审批',
    'Channel approver',
    [
      ...read(...distribution, 'distribution.audit', 'commerce.order', 'commerce.product', 'indicators.value', touchpoint),
      'distribution.plan.activate',
      'distribution.partner.write',
      'distribution.partner.block',
      'distribution.line.hold',
      'distribution.settings.write',
    ],
    ['channel_author'],
  ),
  finance_maker: role(
    '财务制单',
    'Finance maker',
    [
      ...read(...distribution, ...documents, ...commerce, 'distribution.audit', 'indicators.value'),
      'commerce.expense.write',
      'distribution.held.write',
      'distribution.held.propose',
      'distribution.control.run',
      'distribution.period.start',
      'distribution.period.rebuild',
      'distribution.statement.submit',
      'distribution.statement.void',
      'distribution.dispute.propose',
      'distribution.adjustment.propose',
      'distribution.withholding.propose',
      'distribution.recalculation.propose',
      'distribution.finding.accept',
      'distribution.partner.block',
    ],
    ['finance_checker'],
  ),
  finance_checker: role(
    '财务复核',
    'Finance checker',
    [
      ...read(...distribution, ...documents, ...commerce, 'distribution.audit', 'indicators.value'),
      'distribution.control.run',
      'distribution.control.release',
      'distribution.held.approve',
      'distribution.period.close',
      'distribution.statement.approve',
      'distribution.dispute.approve',
      'distribution.adjustment.approve',
      'distribution.withholding.approve',
      'distribution.recalculation.approve',
      'distribution.finding.accept',
    ],
    ['finance_maker'],
  ),
  treasury_maker: role(
    '资金制单',
    'Treasury maker',
    [
      ...read(
        'distribution.partner',
        'distribution.statement',
        'distribution.ledger',
        'distribution.period',
        'distribution.settings',
        'distribution.commission',
        'distribution.audit',
        ...documents,
      ),
      'distribution.payee.propose',
      'distribution.payout.prepare',
      'distribution.bank.import',
    ],
    ['treasury_checker'],
  ),
  treasury_checker: role(
    '资金复核',
    'Treasury checker',
    [
      ...read(
        'distribution.partner',
        'distribution.statement',
        'distribution.ledger',
        'distribution.period',
        'distribution.settings',
        'distribution.commission',
        'distribution.audit',
        ...documents,
      ),
      'distribution.payee.approve',
      'distribution.payout.approve',
      'distribution.payout.release',
      'distribution.bank.confirm',
    ],
    ['treasury_maker'],
  ),
  partner: role('渠道伙伴', 'Partner', [
    ...read(
      'distribution.partner',
      'distribution.binding',
      'distribution.commission',
      'distribution.statement',
      'distribution.dispute',
      'distribution.payee',
      'distribution.payout',
    ),
    ...read('commerce.order', 'membership.member'),
    // Only ever about itself: the services look at the partner of the scope, not at those below it.
    'distribution.statement.confirm',
    'distribution.statement.dispute',
    'distribution.payee.propose',
  ]),
  management: role('管理层', 'Management', read('indicators.value', 'distribution.partner', touchpoint)),
  auditor: role('审计', 'Auditor', everythingReadable),
  operations: role('系统运维', 'Operations', [...both(...commerce, 'distribution.partner', 'distribution.held'), ...operate]),
};

/** What somebody with these roles may do, sorted. */
export function permissionsOf(held: readonly RoleCode[]): string[] {
  return [...new Set(held.flatMap((code) => roles[code].permissions))].sort();
}

/** Two roles one person may not hold together, or undefined. */
export function rolesInConflict(held: readonly RoleCode[]): readonly [RoleCode, RoleCode] | undefined {
  for (const code of held) {
    const other = held.find((candidate) => roles[code].excludes.includes(candidate));
    if (other !== undefined) return [code, other];
  }
  return undefined;
}

type Access = Pick<OperatorInput, 'roles' | 'brands' | 'scope'>;

/** Roles of which every route looks at the caller's rows only: the books, periods, seals and work lists of others belong to the whole brand. */
const withinPartner: readonly RoleCode[] = ['partner', 'management'];

/**
 * Whether access hangs together: who sees one partner's rows belongs to the one brand that has the partner, the partner
 * role is never given a wider view, and a role that works on the whole brand never a narrower one.
 */
export function scopeFault(access: Access): { field: string; message: string; remedy: string } | undefined {
  if (access.scope.kind === 'partner' && (access.brands === 'all' || access.brands.length !== 1)) {
    return { field: 'brands', message: 'a partner belongs to exactly one brand', remedy: 'Name the one brand of the partner.' };
  }
  if (access.roles.includes('partner') && access.scope.kind === 'all') {
    return { field: 'scope', message: 'the role partner may not see all rows', remedy: 'Give the scope of one partner.' };
  }
  const wider = access.scope.kind === 'all' ? undefined : access.roles.find((role) => !withinPartner.includes(role));
  if (wider !== undefined) {
    return {
      field: 'roles',
      message: `the role ${wider} works on more than the rows of one partner`,
      remedy: `Give ${withinPartner.join(' or ')}, or the scope of all rows.`,
    };
  }
  return undefined;
}

/** Whether somebody who covers `own` brands may give `wanted` ones. */
export function mayGrantBrands(own: Access['brands'], wanted: Access['brands']): boolean {
  if (own === 'all') return true;
  return wanted !== 'all' && wanted.every((brandId) => own.includes(brandId));
}
