import { createHash } from 'node:crypto';

/** What a partner's account did in a period, in the sign of the partner: positive is owed to the partner. */
export interface Movement {
  partnerId: string;
  currency: string;
  /** Matured into payable. */
  earnedMinor: number;
  /** Taken back from payable. */
  reversedMinor: number;
  /** Lines matured in the period, their sum, and the sum of their checks. */
  lines: number;
  lineSumMinor: number;
  lineCheck: number;
}

/** What the partner's statement of the period before left behind. */
export interface Previous {
  closingMinor: number;
  /** Net of a statement that paid nothing: it rolls on. 0 when it was to be paid. */
  carriedMinor: number;
}

export interface StatementFigures {
  openingMinor: number;
  earnedMinor: number;
  reversedMinor: number;
  adjustedMinor: number;
  withheldMinor: number;
  paidMinor: number;
  closingMinor: number;
  carriedInMinor: number;
  netMinor: number;
  outcome: 'pay' | 'carry';
  lines: number;
  fingerprint: string;
}

/**
 * The figures of one statement. Continuity: opening is the closing before (inv 31). What comes to nothing or less, or
 * stays below the minimum, pays nothing and is carried forward; a clawback counts once, in `reversed` (inv 32).
 */
export function statementFigures(key: string, movement: Movement, previous: Previous | undefined, minimumPayoutMinor: number): StatementFigures {
  const openingMinor = previous?.closingMinor ?? 0;
  const carriedInMinor = previous?.carriedMinor ?? 0;
  const moved = movement.earnedMinor - movement.reversedMinor;
  const netMinor = carriedInMinor + moved;
  const figures = {
    openingMinor,
    earnedMinor: movement.earnedMinor,
    reversedMinor: movement.reversedMinor,
    adjustedMinor: 0,
    withheldMinor: 0,
    paidMinor: 0,
    closingMinor: openingMinor + moved,
    carriedInMinor,
    netMinor,
    outcome: netMinor > 0 && netMinor >= minimumPayoutMinor ? ('pay' as const) : ('carry' as const),
    lines: movement.lines,
  };
  return { ...figures, fingerprint: fingerprint(key, figures, movement) };
}

/** Why a statement cannot be built: the lines shown would not sum to what the books say (inv 29, 42). */
export function parkedReason(movement: Movement): string | null {
  return movement.lineSumMinor === movement.earnedMinor ? null : `lines come to ${movement.lineSumMinor}, the ledger says ${movement.earnedMinor}`;
}

/** Same inputs, same fingerprint (inv 30): the unique key, every figure, and count and check sum of the lines. */
function fingerprint(key: string, figures: Omit<StatementFigures, 'fingerprint'>, movement: Movement): string {
  return createHash('sha256')
    .update([key, ...Object.values(figures), movement.lineSumMinor, movement.lineCheck].join('|'))
    .digest('hex')
    .slice(0, 32);
}
