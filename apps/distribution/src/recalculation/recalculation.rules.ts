import { addMinor, cumulativeReversal, subMinor } from '@concentric/money';
import type { RecalculationState } from '@concentric/contracts';

export type RecalculationAction = 'compute' | 'approve' | 'reject' | 'finish';

/** What may happen to a run: the service computes and finishes, a second person approves or rejects. */
export const recalculationTransitions: Readonly<
  Record<RecalculationAction, { from: RecalculationState; to: RecalculationState; verb: string }>
> = {
  compute: { from: 'COMPUTING', to: 'PROPOSED', verb: 'computed' },
  approve: { from: 'PROPOSED', to: 'BOOKING', verb: 'approved' },
  reject: { from: 'PROPOSED', to: 'REJECTED', verb: 'rejected' },
  finish: { from: 'BOOKING', to: 'BOOKED', verb: 'booked' },
};

/** Why a decision is refused, or null. Neither who proposed the run nor who wrote the plan version decides on it (inv 40). */
export function decisionRefusal(
  action: 'approve' | 'reject',
  run: { state: RecalculationState; proposedBy: string; planAuthorId: string; hasMoved: boolean },
  actorId: string,
): { code: string; message: string } | null {
  if (run.state !== recalculationTransitions[action].from) return { code: 'wrong_state', message: `The recalculation is ${run.state}.` };
  if (run.proposedBy === actorId || run.planAuthorId === actorId)
    return { code: 'same_person', message: 'Who proposed a recalculation or wrote its plan may not decide on it; ask a colleague.' };
  if (action === 'approve' && run.hasMoved)
    return {
      code: 'books_moved',
      message: 'Some of these orders were refunded or recalculated by another run meanwhile; propose this one anew.',
    };
  return null;
}

/** A share of an order line as a plan version gives it, or as it is booked. */
export interface ShareOfLine {
  lineNo: number;
  role: string;
  partnerId: string;
  amountMinor: number;
  lineId: string | null;
}

export interface Difference extends Omit<ShareOfLine, 'amountMinor'> {
  expectedMinor: number;
  bookedMinor: number;
  differenceMinor: number;
}

/** What is left of a share once so much of the line it was earned on has been refunded (inv 19). */
export function netOfRefunds(amountMinor: number, netMinor: number, refundedMinor: number): number {
  return subMinor(amountMinor, cumulativeReversal(amountMinor, netMinor, refundedMinor));
}

/** Where a plan version and the books disagree about one order, in order of line, role and partner. */
export function differencesOf(expected: readonly ShareOfLine[], booked: readonly ShareOfLine[]): Difference[] {
  const found = new Map<string, Difference>();
  const at = ({ lineNo, role, partnerId }: ShareOfLine): Difference => {
    const key = `${String(lineNo).padStart(6, '0')}/${role}/${partnerId}`;
    const known = found.get(key) ?? { lineNo, role, partnerId, lineId: null, expectedMinor: 0, bookedMinor: 0, differenceMinor: 0 };
    found.set(key, known);
    return known;
  };
  for (const share of expected) at(share).expectedMinor = addMinor(at(share).expectedMinor, share.amountMinor);
  for (const share of booked) {
    const difference = at(share);
    difference.bookedMinor = addMinor(difference.bookedMinor, share.amountMinor);
    difference.lineId ??= share.lineId;
  }
  return [...found.keys()].sort().flatMap((key) => {
    const difference = found.get(key)!;
    const differenceMinor = subMinor(difference.expectedMinor, difference.bookedMinor);
    return differenceMinor === 0 ? [] : [{ ...difference, differenceMinor }];
  });
}
