import type { disputeDecision, disputeState } from '@concentric/contracts';
import type { Refusal } from '@concentric/service-kit';
import type { z } from 'zod';

export type DisputeState = z.infer<typeof disputeState>;
export type DisputeAction = 'propose' | 'accept' | 'refuse';
/** How to settle a dispute. */
export type Settlement = Pick<z.infer<typeof disputeDecision>, 'resolution' | 'amountMinor'>;

/** What may happen to a dispute; a proposal that is refused leaves it open for another one. */
export const disputeTransitions: Readonly<Record<DisputeAction, { from: DisputeState; to: DisputeState; verb: string }>> = {
  propose: { from: 'OPEN', to: 'PROPOSED', verb: 'proposed' },
  accept: { from: 'PROPOSED', to: 'RESOLVED', verb: 'resolved' },
  refuse: { from: 'PROPOSED', to: 'OPEN', verb: 'refused' },
};

/**
 * Why an action is refused, or null. Who proposed how to settle it may not decide on that (inv 40).
 * @param seen what a decision is about, as it was shown
 */
export function disputeRefusal(
  action: DisputeAction,
  dispute: { state: DisputeState; proposedBy: string | null; resolution: Settlement['resolution'] | null; amountMinor: number | null },
  actorId: string,
  seen?: Settlement,
): Refusal | null {
  const { from } = disputeTransitions[action];
  if (dispute.state !== from) return { code: 'wrong_state', message: `The dispute is ${dispute.state}, not ${from}.` };
  if (action !== 'propose' && dispute.proposedBy === actorId)
    return { code: 'same_person', message: 'Who proposed how to settle a dispute may not decide on it; ask a colleague.' };
  if (action !== 'propose' && (dispute.resolution !== seen?.resolution || dispute.amountMinor !== (seen.amountMinor ?? null)))
    return { code: 'changed_meanwhile', message: 'Something else is proposed than you saw; read it again.' };
  return null;
}
