import type { payeeState } from '@concentric/contracts';
import type { Refusal } from '@concentric/service-kit';
import type { z } from 'zod';
import { OWN_PARTNER } from '../partner/partner.errors';

export type PayeeState = z.infer<typeof payeeState>;
export type PayeeAction = 'approve' | 'reject' | 'replace';

/** What may happen to payee details. `replace` is what an approval does to the details that were in force before. */
export const payeeTransitions: Readonly<Record<PayeeAction, { from: PayeeState; to: PayeeState }>> = {
  approve: { from: 'PROPOSED', to: 'APPROVED' },
  reject: { from: 'PROPOSED', to: 'REJECTED' },
  replace: { from: 'APPROVED', to: 'REPLACED' },
};

/** Why a decision on proposed details is refused, or null. Who proposed them may not decide (inv 40), nor who owns the partner. */
export function payeeRefusal(
  action: PayeeAction,
  payee: { state: PayeeState; proposedBy: string; isOwn: boolean },
  actorId: string,
): Refusal | null {
  const { from } = payeeTransitions[action];
  if (payee.state !== from) return { code: 'wrong_state', message: `The details are ${payee.state}, not ${from}.` };
  if (payee.isOwn) return OWN_PARTNER;
  if (action !== 'replace' && payee.proposedBy === actorId)
    return { code: 'same_person', message: 'Who proposed payee details may not decide on them; ask a colleague of the treasury.' };
  return null;
}
