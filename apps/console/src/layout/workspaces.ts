import { isPartner, mayDo } from '../providers/access';

export interface WorkspaceItem {
  /** Translated as `menu.<key>`. */
  key: string;
  to: string;
  resource: string;
}
export interface Workspace {
  key: string;
  items: WorkspaceItem[];
}

const item = (key: string, resource = key, to = `/${resource}`): WorkspaceItem => ({ key, resource, to });

const WORKSPACES: Workspace[] = [
  { key: 'member', items: [item('members')] },
  { key: 'content_planning', items: [item('touchpoints')] },
  {
    key: 'channel',
    items: [item('partner_tree', 'partners', '/partner-tree'), item('partners'), item('bindings'), item('plans')],
  },
  {
    key: 'finance',
    items: [
      item('review', 'statements'),
      item('periods'),
      item('disputes'),
      item('adjustments'),
      item('payouts'),
      item('bank', 'bank-lines'),
      item('payees'),
      item('withholding', 'withholding-rules'),
      item('commission', 'commission-lines'),
      item('recalculations'),
      item('held', 'held-orders'),
      item('held_refunds', 'held-refunds'),
      item('ledger', 'ledger', '/ledger'),
      item('controls'),
      item('settings'),
    ],
  },
  { key: 'steering', items: [item('board', 'indicators', '/board')] },
  {
    key: 'operations',
    items: [
      item('orders'),
      item('refunds'),
      item('products'),
      item('imports'),
      item('dead_letters', 'dead-letters', '/dead-letters'),
      item('operators'),
      item('departments'),
    ],
  },
];

const PORTAL: Workspace[] = [
  {
    key: 'portal',
    items: [
      item('my_statements', 'statements'),
      item('my_earnings', 'commission-lines'),
      item('my_payee', 'payees'),
      item('my_disputes', 'disputes'),
      item('my_orders', 'orders'),
      item('my_network', 'partners', '/partner-tree'),
    ],
  },
];

/** Workspaces of the person signed in. What a role cannot use is not there. */
export function myWorkspaces(): Workspace[] {
  return (isPartner() ? PORTAL : WORKSPACES)
    .map(({ key, items }) => ({ key, items: items.filter(({ resource }) => mayDo(resource, 'read')) }))
    .filter(({ items }) => items.length > 0);
}
