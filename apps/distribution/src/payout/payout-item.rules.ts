import type { PayoutItemState } from '@concentric/contracts';
import type { Refusal } from '@concentric/service-kit';

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

export type ResolutionAction = 'propose' | 'accept' | 'refuse';

/** An item as somebody finds it who would say, without a line of the bank, what became of it. */
export interface DoubtedItem {
  state: PayoutItemState;
  version: number;
  /** Did whoever asks approve what it pays? */
  isChecker: boolean;
  proposed: { to: 'PAID' | 'FAILED'; by: string } | null;
  /** Has the bank said what became of it, and nobody decided on that yet? */
  lineWaits: boolean;
}

/**
 * Why a person may not say, or decide, what became of an item, or null. What is accepted is what was seen, never beside a line of
 * the bank that waits (inv 38), and by two people of whom neither approved the statement (inv 40).
 * @param seenVersion of the item, where it is decided on
 */
export function resolutionRefusal(
  action: ResolutionAction,
  { state, version, isChecker, proposed, lineWaits }: DoubtedItem,
  { actorId, seenVersion }: { actorId: string; seenVersion?: number | undefined },
): Refusal | null {
  if (state !== 'UNKNOWN') return { code: 'wrong_state', message: `The item is ${state}; only an unknown one is resolved by hand.` };
  if (action === 'propose') {
    if (proposed !== null)
      return { code: 'resolution_proposed', message: 'Somebody has said what became of the item; decide on that first.' };
  } else {
    if (proposed === null) return { code: 'resolution_not_proposed', message: 'Nobody has said what became of the item.' };
    if (version !== seenVersion) return { code: 'changed_meanwhile', message: 'What is proposed is not what you saw; read it again.' };
    if (proposed.by === actorId) return { code: 'same_person', message: 'Who proposed an outcome may not decide on it.' };
  }
  if (action === 'refuse') return null;
  if (isChecker)
    return { code: 'checker_of_statement', message: 'You approved the statement that this item pays; ask a colleague who did not.' };
  return lineWaits
    ? { code: 'bank_line_waits', message: 'A line of the bank about this item waits for a treasury checker; decide on that first.' }
    : null;
}
