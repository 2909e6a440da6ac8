import type { heldAction, heldOrderRow } from '@concentric/contracts';
import type { Refusal } from '@concentric/service-kit';
import type { z } from 'zod';

export type HeldAction = z.infer<typeof heldAction>;
type HeldReason = z.infer<typeof heldOrderRow>['reason'];

/** What can be done about an order that is held; void, by two people, always can. */
export const remedies: Readonly<Record<HeldReason, string>> = {
  unknown_partner:
    'Take in the partner with this code, or give it, or who stands below it, a place from before the order: it is then tried again by itself.',
  no_plan: 'Put a plan in force that covers this moment: the order is then tried again by itself.',
  cost_unknown: 'Take in what this product cost on the date of the order: the order is then tried again by itself.',
  budget_exceeded: 'Put a plan in force that keeps to its budget, or accept what it comes to, by two people.',
  account_halted: 'Have the account of this partner put right and released: the order is then tried again by itself.',
};

/** A held order as somebody finds it who wants to decide what becomes of it. */
export interface HeldOrder {
  state: string;
  reason: HeldReason | null;
  /** What exactly it is held for: of a budget, by how much it goes beyond it. */
  detail: string;
  /** What has been proposed and not been decided on. */
  proposal: { action: HeldAction; detail: string; proposedBy: string } | null;
}

/** Why a proposal is refused, or null. Only what is held can be voided, and only a budget can be waived. */
export function proposalRefusal(action: HeldAction, { state, reason, proposal }: HeldOrder): Refusal | null {
  if (state !== 'HELD') return { code: 'order_not_held', message: 'The order has been decided already or is still in the queue.' };
  if (proposal !== null)
    return { code: 'proposed_already', message: 'Somebody has proposed what to do with this order; decide on that first.' };
  if (action === 'accept' && reason !== 'budget_exceeded')
    return { code: 'not_acceptable', message: 'Only an order that is held for its budget can be accepted as it is.' };
  return null;
}

/** Why a decision on the action that was seen proposed is refused, or null. Who proposed may not decide (inv 40); a refusal of the proposal is always possible to others. */
export function decisionRefusal(approve: boolean, seen: HeldAction, order: HeldOrder, actorId: string): Refusal | null {
  const { proposal } = order;
  if (proposal === null) return { code: 'nothing_proposed', message: 'Nobody has proposed what to do with this order.' };
  if (proposal.proposedBy === actorId) return { code: 'same_person', message: 'Who proposed may not decide; ask a colleague.' };
  if (proposal.action !== seen) return { code: 'changed_meanwhile', message: 'Something else is proposed than you saw; read it again.' };
  if (!approve) return null;
  const refused = proposalRefusal(proposal.action, { ...order, proposal: null });
  if (refused || proposal.action === 'void' || proposal.detail === order.detail) return refused;
  return {
    code: 'changed_meanwhile',
    message: 'It comes to something else by now than when this was proposed; refuse that, and propose anew.',
  };
}
