import type { heldRefundRow } from '@concentric/contracts';
import type { Refusal } from '@concentric/service-kit';
import type { z } from 'zod';

type Reason = z.infer<typeof heldRefundRow>['reason'];

/** What can be done about a refund that is held. */
export const remedies: Readonly<Record<Reason, string>> = {
  exceeds_paid:
    'Compare the order and its refunds with the system that took them; then try again, or void this one by two people: nothing is taken back by it then.',
  account_halted: 'Have the account of this partner put right and released: the refund is then tried again by itself.',
  order_unknown: 'Take in the order, or see whether its message waits among the dead letters: the refund is then taken back by itself.',
};

/** A refund as somebody finds it who wants it void. */
export interface RefundToVoid {
  state: string;
  heldReason: string | null;
  voidProposedBy: string | null;
}

/** Why nobody may propose that nothing is taken back by a refund, or null: only where its cause does not go away by itself. */
export function voidProposalRefusal({ state, heldReason, voidProposedBy }: RefundToVoid): Refusal | null {
  if (state !== 'HELD') return { code: 'refund_not_held', message: 'The refund has been taken back already or is still in the queue.' };
  if (heldReason !== 'exceeds_paid')
    return { code: 'refund_not_voidable', message: 'Only a refund of more than was paid can be void; this one is tried again by itself.' };
  return voidProposedBy === null ? null : { code: 'proposed_already', message: 'Somebody has proposed that already; decide on it.' };
}

/** Why a decision on that proposal is refused, or null. Who proposed may not decide (inv 40). */
export function voidDecisionRefusal(approve: boolean, refund: RefundToVoid, actorId: string): Refusal | null {
  if (refund.voidProposedBy === null) return { code: 'nothing_proposed', message: 'Nobody has proposed what to do with this refund.' };
  if (refund.voidProposedBy === actorId) return { code: 'same_person', message: 'Who proposed may not decide; ask a colleague.' };
  return approve ? voidProposalRefusal({ ...refund, voidProposedBy: null }) : null;
}
