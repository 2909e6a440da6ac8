import type { PayoutItemState } from '@concentric/contracts';

export type PayoutItemAction = 'eject' | 'cancel' | 'send' | 'doubt' | 'pay' | 'fail' | 'return';

interface Transition {
  readonly from: readonly PayoutItemState[];
  readonly to: PayoutItemState;
  /** As the audit log tells it: `payout-item.<verb>`. */
  readonly verb: string;
  /** What happens to the statement with it. */
  readonly statement: 'exclude' | 'settle' | 'return' | null;
}

/** Every legal transition of an item. An unknown one is paid or has failed by the word of the bank only, never by time (inv 38). */
export const payoutItemTransitions: Readonly<Record<PayoutItemAction, Transition>> = {
  eject: { from: ['PLANNED'], to: 'EJECTED', verb: 'ejected', statement: 'exclude' },
  cancel: { from: ['PLANNED'], to: 'CANCELLED', verb: 'cancelled', statement: 'exclude' },
  send: { from: ['PLANNED'], to: 'SENT', verb: 'sent', statement: null },
  doubt: { from: ['SENT'], to: 'UNKNOWN', verb: 'doubted', statement: null },
  pay: { from: ['SENT', 'UNKNOWN'], to: 'PAID', verb: 'paid', statement: 'settle' },
  fail: { from: ['SENT', 'UNKNOWN'], to: 'FAILED', verb: 'failed', statement: 'exclude' },
  return: { from: ['PAID'], to: 'RETURNED', verb: 'returned', statement: 'return' },
};

/** May this happen to an item in that state? */
export function mayHappenToItem(action: PayoutItemAction, state: PayoutItemState): boolean {
  return payoutItemTransitions[action].from.includes(state);
}
