import type { SortPayload } from 'react-admin';
import { filtered } from '../pages/filtered';
import { mayDo } from '../providers/access';
import { brandPath } from '../providers/dataProvider';
import { FINANCE, type Source } from './work';

/** A desk counts all of its statements, so its link shows all of them, and first those that somebody has to look at. */
const UNUSUAL_FIRST: SortPayload = { field: 'findings', order: 'DESC' };

/** What waits at each desk: text key, resource with the filter that shows it, the action that it asks for, and the order to look at it in. */
const DESKS: readonly [key: string, resource: string, filter: Record<string, string>, action: string, sort?: SortPayload][] = [
  ['parked', 'statements', { state: 'PARKED' }, 'submit'],
  ['submit', 'statements', { state: 'DRAFT' }, 'submit', UNUSUAL_FIRST],
  ['approve', 'statements', { state: 'IN_REVIEW' }, 'approve', UNUSUAL_FIRST],
  ['lines_held', 'commission-lines', { held: 'true' }, 'hold'],
  ['disputes_open', 'disputes', { state: 'OPEN' }, 'propose'],
  ['disputes_proposed', 'disputes', { state: 'PROPOSED' }, 'decide'],
  ['adjustments', 'adjustments', { state: 'PROPOSED' }, 'decide'],
  ['recalculations', 'recalculations', { state: 'PROPOSED' }, 'decide'],
  ['payees', 'payees', { state: 'PROPOSED' }, 'decide'],
  ['waiting_payee', 'statements', { state: 'CONFIRMED', waitingFor: 'payee' }, 'ask_payee'],
  ['waiting_block', 'statements', { state: 'CONFIRMED', waitingFor: 'partner_blocked' }, 'unblock'],
  ['payable', 'statements', { state: 'PAYABLE' }, 'pay'],
  ['payouts_draft', 'payouts', { state: 'DRAFT' }, 'create'],
  ['payouts_approve', 'payouts', { state: 'SUBMITTED' }, 'decide'],
  ['payouts_release', 'payouts', { state: 'FILE_READY' }, 'release'],
  ['payments_failed', 'payout-items', { waitsFor: 'payment' }, 'resolve'],
  ['payments_open', 'payout-items', { waitsFor: 'outcome' }, 'resolve'],
  ['payments_decide', 'payout-items', { waitsFor: 'decision' }, 'decide'],
  ['bank_waiting', 'bank-lines', { state: 'WAITING' }, 'confirm'],
  ['bank_unmatched', 'bank-lines', { match: 'unmatched', state: 'NOTED' }, 'look_into'],
  ['bank_conflict', 'bank-lines', { match: 'conflict', state: 'NOTED' }, 'look_into'],
];

/** Open work of finance and treasury, each desk seeing its own. */
export const financeSources = (): Source[] =>
  DESKS.map(([key, resource, filter, action, sort]) => ({
    key,
    to: filtered(resource, filter, sort),
    departments: FINANCE,
    allowed: mayDo(resource, action),
    path: () => brandPath('distribution', `${resource}?${new URLSearchParams(filter).toString()}&limit=1`),
  }));
