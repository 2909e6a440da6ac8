import { createHash } from 'node:crypto';
import { ownReason, type PartnerType } from '@concentric/contracts';

/** What a partner's account did in a period, in the sign of the partner: positive is owed to the partner. */
export interface Movement {
  partnerId: string;
  partnerType: PartnerType;
  partnerCode: string;
  currency: string;
  /** Matured into payable. */
  earnedMinor: number;
  /** Taken back from payable. */
  reversedMinor: number;
  /** Corrected by documents, for or against the partner. */
  adjustedMinor: number;
  /** What the balance became smaller by without being paid. */
  writtenOffMinor: number;
  /** Tax kept back, less what was given back. */
  withheldMinor: number;
  /** Sent, less what failed or was returned. */
  paidMinor: number;
  /** Lines matured in the period, their sum, and the sum of their checks. */
  lines: number;
  lineSumMinor: number;
  lineCheck: number;
}

/** What earlier statements of a partner left behind. */
export interface Previous {
  /** Of the latest. */
  closingMinor: number;
  /** Net of the latest, when it paid nothing, and of all that were to be paid but rolled on because the partner was blocked. */
  carriedMinor: number;
}

/** What a statement is built by beside the books; kept with it, so that it can be built again. */
export interface Terms {
  minimumMinor: number;
  /** Tax to be withheld when `netMinor` is paid. */
  taxOf(netMinor: number): number;
}

export interface StatementFigures {
  openingMinor: number;
  earnedMinor: number;
  reversedMinor: number;
  adjustedMinor: number;
  writtenOffMinor: number;
  withheldMinor: number;
  paidMinor: number;
  closingMinor: number;
  carriedInMinor: number;
  netMinor: number;
  taxMinor: number;
  minimumMinor: number;
  outcome: 'pay' | 'carry';
  lines: number;
  fingerprint: string;
}

/** The id of a statement is derived from its unique key, so that building it again gives the same (inv 30). */
export function statementKey(brandId: string, period: string, partnerId: string, currency: string, revision: number): string {
  return `statement/${brandId}/${period}/${partnerId}/${currency}/commission/${revision}`;
}

/**
 * The figures of one statement. Continuity: opening is the closing before, closing is what the account says (inv 31).
 * What comes to nothing or less, or stays below the minimum, pays nothing and is carried forward; a clawback counts
 * once, in `reversed` (inv 32). What is withheld and paid in the period belongs to earlier statements: it moves the
 * account, not the net.
 */
export function statementFigures(
  key: string,
  movement: Movement,
  previous: Previous | undefined,
  { minimumMinor, taxOf }: Terms,
): StatementFigures {
  const openingMinor = previous?.closingMinor ?? 0;
  const carriedInMinor = previous?.carriedMinor ?? 0;
  const { earnedMinor, reversedMinor, adjustedMinor, writtenOffMinor, withheldMinor, paidMinor, lines } = movement;
  const moved = earnedMinor - reversedMinor + adjustedMinor - writtenOffMinor;
  const netMinor = carriedInMinor + moved;
  const pays = netMinor > 0 && netMinor >= minimumMinor;
  const figures = {
    openingMinor,
    earnedMinor,
    reversedMinor,
    adjustedMinor,
    writtenOffMinor,
    withheldMinor,
    paidMinor,
    closingMinor: openingMinor + moved - withheldMinor - paidMinor,
    carriedInMinor,
    netMinor,
    taxMinor: pays ? taxOf(netMinor) : 0,
    minimumMinor,
    outcome: pays ? ('pay' as const) : ('carry' as const),
    lines,
  };
  return { ...figures, fingerprint: fingerprint(key, figures, movement) };
}

/** Why a statement cannot be built: the lines shown would not sum to what the books say (inv 29, 42). */
export function parkedReason(movement: Movement): string | null {
  return movement.lineSumMinor === movement.earnedMinor
    ? null
    : ownReason('parked', { linesMinor: movement.lineSumMinor, ledgerMinor: movement.earnedMinor });
}

/** Same inputs, same fingerprint (inv 30): the unique key, every figure, and count and check sum of the lines. */
function fingerprint(key: string, figures: Omit<StatementFigures, 'fingerprint'>, movement: Movement): string {
  return createHash('sha256')
    .update([key, ...Object.values(figures), movement.lineSumMinor, movement.lineCheck].join('|'))
    .digest('hex')
    .slice(0, 32);
}
