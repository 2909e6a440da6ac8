import type { PayoutItemState, bankLineState, bankMatch, bankStatus } from '@concentric/contracts';
import { MoneyError, parseDecimal, toMinor } from '@concentric/money';
import type { z } from 'zod';
import type { PayoutItemAction } from './payout-item.rules';

type BankStatus = z.infer<typeof bankStatus>;

/** A line as the bank wrote it. */
export interface BankLine {
  item: string;
  status: string;
  bankRef: string;
  /** In minor units, or null when `amount` gives it as a decimal. */
  amountMinor: string | null;
  amount: string | null;
  bookedOn: string;
  reason: string;
}

/** The item that a line names, as it stands when the line is read. */
export interface NamedItem {
  state: PayoutItemState;
  currency: string;
  amountMinor: number;
  /** Nothing can be posted to the account of its partner (inv 24). */
  halted: boolean;
}

/** What is known already of the line's reference and item. */
export interface KnownLines {
  /** The same reference, item and status has been booked or waits. */
  repeated: boolean;
  /** The reference has settled another item, or this one otherwise. */
  refTaken: boolean;
  /** Another line of the item waits for a treasury checker. */
  waiting: boolean;
}

export interface Verdict {
  match: z.infer<typeof bankMatch>;
  state: z.infer<typeof bankLineState>;
  why: string;
  /** What is done to the item now; of a line that waits, what will be once it is confirmed. */
  action: PayoutItemAction | null;
  amountMinor: number | null;
}

const STATUSES: readonly BankStatus[] = ['PAID', 'FAILED', 'RETURNED', 'PENDING'];
const DATE = /^\d{4}-\d{2}-\d{2}$/;
/** Characters; two references that differ only behind them would be taken for one. */
export const LONGEST_BANK_REF = 64;

/** What each status does to an item by its state. A treasury checker has to believe what contradicts or ends a doubt. */
const EFFECTS: Readonly<Record<PayoutItemState, Partial<Record<BankStatus, { action: PayoutItemAction | null; waits?: true }>>>> = {
  PLANNED: {},
  EJECTED: {},
  CANCELLED: {},
  SENT: { PAID: { action: 'pay' }, FAILED: { action: 'fail' }, PENDING: { action: 'doubt' } },
  UNKNOWN: { PAID: { action: 'pay', waits: true }, FAILED: { action: 'fail', waits: true }, PENDING: { action: null } },
  PAID: { RETURNED: { action: 'return', waits: true } },
  FAILED: {},
  RETURNED: {},
};

/** The item id that a line means: with or without dashes, whatever the case; null when it is none. */
export function itemIdOf(text: string): string | null {
  const hex = text.replaceAll('-', '').toLowerCase();
  if (!/^[0-9a-f]{32}$/.test(hex)) return null;
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Decides what to make of a line of the bank. What is not certain is never booked; it is listed, with why. */
export function judge(line: BankLine, item: NamedItem | undefined, known: KnownLines): Verdict {
  const noted = (match: Verdict['match'], why: string, amountMinor: number | null = null): Verdict => ({
    match,
    state: 'NOTED',
    why,
    action: null,
    amountMinor,
  });
  if (!item) return noted('unmatched', 'names no payout item of this brand');
  const status = STATUSES.find((one) => one === line.status);
  if (!status) return noted('unmatched', `the status is none of ${STATUSES.join(', ')}`);
  const read = amountOf(line, item.currency);
  if ('fault' in read) return noted('conflict', read.fault);
  const { amountMinor } = read;
  if (known.repeated) return noted('duplicate', 'the same reference, item and status came before', amountMinor);
  if (amountMinor !== null && amountMinor !== item.amountMinor)
    return noted('conflict', `the amount is ${amountMinor}, the item’s is ${item.amountMinor}`, amountMinor);
  if (status !== 'PENDING') {
    if (line.bankRef === '') return noted('conflict', 'has no bank reference', amountMinor);
    if (line.bankRef.length > LONGEST_BANK_REF)
      return noted('conflict', `the bank reference is longer than ${LONGEST_BANK_REF} characters`, amountMinor);
    if (!isDate(line.bookedOn)) return noted('conflict', 'has no booking date like 2026-01-31', amountMinor);
    if (amountMinor === null && status !== 'FAILED') return noted('conflict', 'has no amount', amountMinor);
    if (known.refTaken && status !== 'RETURNED')
      return noted('conflict', 'the bank reference has settled something else already', amountMinor);
    if (known.waiting) return noted('conflict', 'another line of this item waits for a treasury checker', amountMinor);
  }
  const effect = EFFECTS[item.state][status];
  if (!effect) return noted('conflict', `the bank says ${status}, but the item is ${item.state}`, amountMinor);
  if (effect.action === null) return noted('matched', 'known to be pending', amountMinor);
  const isKept = item.halted && effect.action === 'fail';
  if (effect.waits || isKept)
    return {
      match: 'matched',
      state: 'WAITING',
      why: isKept
        ? 'the account of the partner is halted: a treasury checker has to confirm it once that is released'
        : `the item is ${item.state}: a treasury checker has to confirm it`,
      action: effect.action,
      amountMinor,
    };
  return { match: 'matched', state: status === 'PENDING' ? 'NOTED' : 'BOOKED', why: '', action: effect.action, amountMinor };
}

function isDate(text: string): boolean {
  const at = DATE.test(text) ? Date.parse(text) : Number.NaN;
  // A day that the month has not is a day of the next one.
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

function amountOf(line: BankLine, currency: string): { amountMinor: number | null } | { fault: string } {
  try {
    if (line.amountMinor) return { amountMinor: toMinor(line.amountMinor) };
    return { amountMinor: line.amount ? parseDecimal(line.amount, currency) : null };
  } catch (error) {
    if (error instanceof MoneyError) return { fault: error.message.slice(0, 200) };
    throw error;
  }
}
