import { sumMinor } from '@concentric/money';

/** Accounts of the books: `pending` and `payable` of one partner each, the others of the house. */
export type AccountType = 'expense' | 'pending' | 'payable' | 'clearing' | 'cash' | 'withheld' | 'write-off';

/** What a transaction is for. */
export type PostingKind =
  'accrue' | 'mature' | 'reverse' | 'adjust' | 'write-off' | 'payout' | 'withhold' | 'bank-paid' | 'bank-failed' | 'bank-return';

/** The house as the owner of an account. */
export const HOUSE = '00000000-0000-0000-0000-000000000000';

/** One side of a posting. Debits are positive, credits negative. */
export interface Entry {
  ownerId: string;
  type: AccountType;
  amountMinor: number;
  originPeriod: string;
  lineId: string | null;
}

/** A balanced ledger transaction, not yet written. `idem` names what it is for: the same name is never booked twice. */
export interface Posting {
  idem: string;
  kind: PostingKind;
  brandId: string;
  currency: string;
  periodId: string;
  refId: string;
  effectiveAt: number;
  entries: Entry[];
}

/** Throws unless a posting has at least two entries, none of them zero, that sum to zero (inv 22). */
export function assertBalanced(posting: Posting): void {
  const total = sumMinor(posting.entries.map((entry) => entry.amountMinor));
  if (posting.entries.length < 2 || total !== 0 || posting.entries.some((entry) => entry.amountMinor === 0)) {
    throw new Error(`posting ${posting.idem} does not balance: ${posting.entries.length} entries, sum ${total}`);
  }
}

/** Accrual: Dr commission expense, Cr pending of each partner. Shares of zero book nothing; null when nothing is left. */
export function accrual(
  shares: readonly { partnerId: string; amountMinor: number; lineId: string }[],
  originPeriod: string,
): Entry[] | null {
  const credits = shares
    .filter((share) => share.amountMinor !== 0)
    .map((share): Entry => ({
      ownerId: share.partnerId,
      type: 'pending',
      amountMinor: -share.amountMinor,
      originPeriod,
      lineId: share.lineId,
    }));
  if (credits.length === 0) return null;
  const total = sumMinor(credits.map((entry) => -entry.amountMinor));
  return [{ ownerId: HOUSE, type: 'expense', amountMinor: total, originPeriod, lineId: null }, ...credits];
}

/** Maturity of one partner: Dr pending, Cr payable, per origin period. */
export function maturity(partnerId: string, byOrigin: readonly { originPeriod: string; amountMinor: number }[]): Entry[] | null {
  const entries = byOrigin
    .filter((origin) => origin.amountMinor !== 0)
    .flatMap(({ originPeriod, amountMinor }): Entry[] => [
      { ownerId: partnerId, type: 'pending', amountMinor, originPeriod, lineId: null },
      { ownerId: partnerId, type: 'payable', amountMinor: -amountMinor, originPeriod, lineId: null },
    ]);
  return entries.length > 0 ? entries : null;
}

/** Reversal: Dr pending (or payable, once matured) of each partner, Cr commission expense. */
export function reversal(
  taken: readonly { partnerId: string; against: 'pending' | 'payable'; amountMinor: number; lineId: string }[],
  originPeriod: string,
): Entry[] | null {
  const debits = taken
    .filter((share) => share.amountMinor !== 0)
    .map((share): Entry => ({
      ownerId: share.partnerId,
      type: share.against,
      amountMinor: share.amountMinor,
      originPeriod,
      lineId: share.lineId,
    }));
  if (debits.length === 0) return null;
  const total = sumMinor(debits.map((entry) => entry.amountMinor));
  return [...debits, { ownerId: HOUSE, type: 'expense', amountMinor: -total, originPeriod, lineId: null }];
}

/** What a partner's payable and an account of the house exchange. */
interface Transfer {
  partnerId: string;
  /** Positive: owed to the partner in addition; negative: no longer. */
  amountMinor: number;
  originPeriod: string;
  lineId?: string | null;
}

/** Adjustment: Dr expense, Cr payable, or the other way round. */
export function adjustment(transfer: Transfer): Entry[] {
  return exchange('expense', transfer);
}

/** Write-off of what a partner's balance becomes smaller by: a leftover that is kept (positive), a debt that is given up (negative). */
export function writeOff(partnerId: string, amountMinor: number, originPeriod: string): Entry[] {
  return exchange('write-off', { partnerId, amountMinor: -amountMinor, originPeriod });
}

/** Payout sent: Dr payable, Cr clearing. Failed: with the negative amount, back again. */
export function payout(partnerId: string, amountMinor: number, originPeriod: string): Entry[] {
  return exchange('clearing', { partnerId, amountMinor: -amountMinor, originPeriod });
}

/** Tax kept back from a payout: Dr payable, Cr withheld. With the negative amount, back again. */
export function withholding(partnerId: string, taxMinor: number, originPeriod: string): Entry[] {
  return exchange('withheld', { partnerId, amountMinor: -taxMinor, originPeriod });
}

/** The bank has paid: Dr clearing, Cr cash. */
export function bankPaid(amountMinor: number, originPeriod: string): Entry[] {
  return [
    { ownerId: HOUSE, type: 'clearing', amountMinor, originPeriod, lineId: null },
    { ownerId: HOUSE, type: 'cash', amountMinor: -amountMinor, originPeriod, lineId: null },
  ];
}

/** The money came back after it had been paid: Dr cash, Cr payable. */
export function bankReturn(partnerId: string, amountMinor: number, originPeriod: string): Entry[] {
  return exchange('cash', { partnerId, amountMinor, originPeriod });
}

function exchange(house: AccountType, { partnerId, amountMinor, originPeriod, lineId = null }: Transfer): Entry[] {
  return [
    { ownerId: HOUSE, type: house, amountMinor, originPeriod, lineId: null },
    { ownerId: partnerId, type: 'payable', amountMinor: -amountMinor, originPeriod, lineId },
  ];
}
