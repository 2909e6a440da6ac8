import { readSession } from './session';

export const SERVICES = ['commerce', 'content-planning', 'membership', 'distribution', 'organization', 'indicators'];

/** What each page or action needs. A name is a permission; several names: any of them. */
const NEEDS: Record<string, Record<string, string[]>> = {
  orders: { read: ['commerce.order.read'] },
  refunds: { read: ['commerce.refund.read'] },
  products: { read: ['commerce.product.read'] },
  imports: { read: ['commerce.import.read'], create: ['commerce.import.write'] },
  members: { read: ['membership.member.read'], reveal: ['membership.identity.reveal'] },
  partners: { read: ['distribution.partner.read'], import: ['distribution.partner.write'] },
  bindings: { read: ['distribution.binding.read'] },
  plans: {
    read: ['distribution.plan.read'],
    create: ['distribution.plan.write'],
    activate: ['distribution.plan.activate'],
  },
  'commission-lines': { read: ['distribution.commission.read'] },
  'held-orders': { read: ['distribution.held.read'], retry: ['distribution.held.write'] },
  periods: { read: ['distribution.period.read'], close: ['distribution.period.close'] },
  statements: {
    read: ['distribution.statement.read'],
    submit: ['distribution.statement.submit'],
    approve: ['distribution.statement.approve'],
  },
  ledger: { read: ['distribution.ledger.read'] },
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

const READING = new Set(['list', 'show', 'read', 'export']);

/** May the person signed in do this? What is not named here nobody may. */
export function mayDo(resource: string, action: string): boolean {
  const needed = NEEDS[resource]?.[READING.has(action) ? 'read' : action];
  const held = readSession()?.operator.permissions ?? [];
  return needed?.some((name) => held.includes(name)) ?? false;
}

/** The person is a channel partner and sees the own subtree only. */
export function isPartner(): boolean {
  return readSession()?.operator.scope.kind === 'partner';
}
