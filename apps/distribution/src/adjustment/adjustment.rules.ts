import type { adjustmentState } from '@concentric/contracts';
import type { Refusal } from '@concentric/service-kit';
import type { z } from 'zod';

export type AdjustmentState = z.infer<typeof adjustmentState>;
export type AdjustmentAction = 'book' | 'reject';

/** What may happen to an adjustment: it is decided on once. */
export const adjustmentTransitions: Readonly<Record<AdjustmentAction, { from: AdjustmentState; to: AdjustmentState }>> = {
  book: { from: 'PROPOSED', to: 'BOOKED' },
  reject: { from: 'PROPOSED', to: 'REJECTED' },
};

/** Why a decision is refused, or null. Who proposed it may not decide (inv 40). */
export function adjustmentRefusal(
  action: AdjustmentAction,
  adjustment: { state: AdjustmentState; proposedBy: string },
  actorId: string,
): Refusal | null {
  const { from } = adjustmentTransitions[action];
  if (adjustment.state !== from) return { code: 'wrong_state', message: `The adjustment is ${adjustment.state}; it has been decided on.` };
  if (adjustment.proposedBy === actorId)
    return { code: 'same_person', message: 'Who proposed an adjustment may not decide on it; ask a colleague.' };
  return null;
}

/** What stands against a write-off: both amounts positive when owed to the partner. `isSettling`: a later month's statements are being built. */
export interface Writable {
  carriedMinor: number;
  /** What of it is left after all that has been earned, taken back and adjusted since: what the next statement would come to. */
  leftMinor: number;
  payableMinor: number;
  isSettling: boolean;
}

/**
 * Why so much may not be written off, or null. Only what is carried can be: a debt is given up (negative) or a leftover
 * kept (positive), and never more than is left of it or the account still holds.
 */
export function writeOffRefusal(amountMinor: number, { carriedMinor, leftMinor, payableMinor, isSettling }: Writable): Refusal | null {
  if (isSettling)
    return {
      code: 'statements_being_built',
      message: 'The statements of a later month are being built and carry it on; try again when they are there.',
    };
  if (!within(amountMinor, carriedMinor))
    return { code: 'write_off_beyond_carried', message: `${carriedMinor} is carried and can be written off.` };
  if (!within(amountMinor, leftMinor))
    return { code: 'write_off_beyond_left', message: `${leftMinor} is left of it after what has been booked since.` };
  if (!within(amountMinor, payableMinor))
    return { code: 'write_off_beyond_balance', message: `The account of the partner stands at ${payableMinor}.` };
  return null;
}

function within(amountMinor: number, limitMinor: number): boolean {
  return Math.sign(amountMinor) === Math.sign(limitMinor) && Math.abs(amountMinor) <= Math.abs(limitMinor);
}
