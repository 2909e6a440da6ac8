import { readSession } from './session';

export const SERVICES = ['commerce', 'content-planning', 'membership', 'distribution', 'organization', 'indicators'];

/** What each page or action needs. A name is a permission; several names: any of them. */
const NEEDS: Record<string, Record<string, string[]>> = {
  orders: { read: ['commerce.order.read'] },
  refunds: { read: ['commerce.refund.read'] },
  products: { read: ['commerce.product.read'] },
  imports: { read: ['commerce.import.read'], create: ['commerce.import.write'] },
  members: { read: ['membership.member.read'], reveal: ['membership.identity.reveal'] },
  partners: {
    read: ['distribution.partner.read'],
    import: ['distribution.partner.write'],
    block: ['distribution.partner.block'],
    see_person: ['distribution.finding.read'],
    name_person: ['distribution.partner.write'],
  },
  bindings: { read: ['distribution.binding.read'] },
  plans: {
    read: ['distribution.plan.read'],
    create: ['distribution.plan.write'],
    activate: ['distribution.plan.activate'],
  },
  'commission-lines': { read: ['distribution.commission.read'], hold: ['distribution.line.hold'] },
  'held-orders': {
    read: ['distribution.held.read'],
    retry: ['distribution.held.write'],
    propose: ['distribution.held.propose'],
    decide: ['distribution.held.approve'],
  },
  'held-refunds': {
    read: ['distribution.held.read'],
    retry: ['distribution.held.write'],
    propose: ['distribution.held.propose'],
    decide: ['distribution.held.approve'],
  },
  periods: {
    read: ['distribution.period.read'],
    start: ['distribution.period.start'],
    close: ['distribution.period.close'],
    rebuild: ['distribution.period.rebuild'],
  },
  statements: {
    read: ['distribution.statement.read'],
    submit: ['distribution.statement.submit'],
    approve: ['distribution.statement.approve'],
    void: ['distribution.statement.void'],
    confirm: ['distribution.statement.confirm'],
    dispute: ['distribution.statement.dispute'],
    pay: ['distribution.payout.prepare'],
    ask_payee: ['distribution.payee.propose'],
    unblock: ['distribution.partner.block'],
  },
  'statement-voids': { decide: ['distribution.statement.approve'] },
  findings: { read: ['distribution.finding.read'], accept: ['distribution.finding.accept'] },
  disputes: {
    read: ['distribution.dispute.read'],
    propose: ['distribution.dispute.propose'],
    decide: ['distribution.dispute.approve'],
  },
  adjustments: {
    read: ['distribution.adjustment.read'],
    create: ['distribution.adjustment.propose'],
    decide: ['distribution.adjustment.approve'],
  },
  recalculations: {
    read: ['distribution.recalculation.read'],
    create: ['distribution.recalculation.propose'],
    decide: ['distribution.recalculation.approve'],
  },
  payees: {
    read: ['distribution.payee.read'],
    create: ['distribution.payee.propose'],
    decide: ['distribution.payee.approve'],
  },
  'withholding-rules': {
    read: ['distribution.withholding.read'],
    create: ['distribution.withholding.propose'],
    decide: ['distribution.withholding.approve'],
  },
  payouts: {
    read: ['distribution.payout.read'],
    create: ['distribution.payout.prepare'],
    decide: ['distribution.payout.approve'],
    release: ['distribution.payout.release'],
  },
  'payout-items': {
    read: ['distribution.payout.read'],
    resolve: ['distribution.payout.prepare'],
    decide: ['distribution.payout.approve'],
  },
  'bank-lines': {
    read: ['distribution.bank.read'],
    import: ['distribution.bank.import'],
    confirm: ['distribution.bank.confirm'],
    look_into: ['distribution.bank.import', 'distribution.bank.confirm'],
  },
  'bank-files': { read: ['distribution.bank.read'] },
  ledger: { read: ['distribution.ledger.read'] },
  controls: {
    read: ['distribution.ledger.read'],
    run: ['distribution.control.run'],
    release: ['distribution.control.release'],
  },
  settings: { read: ['distribution.settings.read'], edit: ['distribution.settings.write'] },
  audit: { read: ['distribution.audit.read'] },
  indicators: { read: ['indicators.value.read'] },
  touchpoints: {
    read: ['content-planning.touchpoint.read'],
    create: ['content-planning.touchpoint.write'],
    edit: ['content-planning.touchpoint.write'],
  },
  operators: {
    read: ['organization.operator.read'],
    create: ['organization.operator.write'],
    edit: ['organization.operator.write'],
  },
  departments: {
    read: ['organization.department.read'],
    create: ['organization.department.write'],
    edit: ['organization.department.write'],
  },
  'dead-letters': { read: SERVICES.map((service) => `${service}.ops.manage`) },
};

/** Lists of which the services show each partner its part. All others are the brand's, and answer a partner with a refusal. */
export const WITHIN_PARTNER: ReadonlySet<string> = new Set([
  'orders',
  'refunds',
  'members',
  'partners',
  'bindings',
  'commission-lines',
  'statements',
  'disputes',
  'payees',
  'payout-items',
  'indicators',
]);

const READING = new Set(['list', 'show', 'read', 'export']);

/** May the person signed in do this? What is not named here nobody may. */
export function mayDo(resource: string, action: string): boolean {
  if (isPartner() && !WITHIN_PARTNER.has(resource)) return false;
  const needed = NEEDS[resource]?.[READING.has(action) ? 'read' : action];
  const held = readSession()?.operator.permissions ?? [];
  return needed?.some((name) => held.includes(name)) ?? false;
}

/** The person is a channel partner and sees the own subtree only. */
export function isPartner(): boolean {
  return readSession()?.operator.scope.kind === 'partner';
}

/** Is it the person signed in? */
export function isMe(operatorId: string | null | undefined): boolean {
  return operatorId != null && operatorId === readSession()?.operator.id;
}

/** Is it the partner that the person signed in is? Only that one answers for itself. */
export const isOwn = (partnerId: string): boolean => ownPartnerId() === partnerId;

/** May the person signed in say where this partner is paid? A partner for itself, the treasury for anybody. */
export const mayProposePayee = (partnerId: string): boolean => mayDo('payees', 'create') && (!isPartner() || isOwn(partnerId));

/** The partner of whoever is signed in for one; null for everybody else. */
export function ownPartnerId(): string | null {
  const scope = readSession()?.operator.scope;
  return scope?.kind === 'partner' ? scope.partnerId : null;
}
