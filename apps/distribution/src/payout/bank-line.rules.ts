import { type bankLineState, type bankMatch, type bankStatus, ownReason, type PayoutItemState } from '@concentric/contracts';
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
  /** Its partner is one of whoever takes the line in: somebody else believes it. */
  isOwn: boolean;
}

/** What is known already of the line's reference and item. */
export interface KnownLines {
  /** The same reference, item and status has been booked or waits; of a pending one, was matched. */
  repeated: boolean;
  /** The reference has settled another item, or this one otherwise. */
  refTaken: boolean;
  /** Another line of the item waits for a treasury checker. */
  waiting: boolean;
  /** Another line says that the item was paid, and nobody has found out yet what is true. */
  maybePaid: boolean;
  /** The same reference, item and status contradicted what is known before, and somebody has found out what is true. */
  closed: boolean;
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

/** What comes back was paid before, wherever the bank lists it: returns are judged after all other lines of their file. */
export function returnsLast<Numbered extends { line: BankLine }>(lines: readonly Numbered[]): Numbered[] {
  const isReturn = ({ line }: Numbered) => line.status === 'RETURNED';
  return [...lines.filter((one) => !isReturn(one)), ...lines.filter(isReturn)];
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
  if (!item) return noted('unmatched', ownReason('bank_item_unknown'));
  const status = STATUSES.find((one) => one === line.status);
  if (!status) return noted('unmatched', ownReason('bank_status_unknown', { statuses: STATUSES.join(', ') }));
  const read = amountOf(line, item.currency);
  if ('fault' in read) return noted('conflict', read.fault);
  const { amountMinor } = read;
  if (amountMinor !== null && amountMinor !== item.amountMinor)
    return noted('conflict', ownReason('bank_amount_differs', { lineMinor: amountMinor, itemMinor: item.amountMinor }), amountMinor);
  const effect = EFFECTS[item.state][status];
  // After the amount: what comes a second time with another one contradicts the first.
  if (known.repeated || (known.closed && !effect)) return noted('duplicate', ownReason('bank_line_repeated'), amountMinor);
  if (status !== 'PENDING') {
    if (line.bankRef === '') return noted('conflict', ownReason('bank_ref_missing'), amountMinor);
    if (line.bankRef.length > LONGEST_BANK_REF)
      return noted('conflict', ownReason('bank_ref_too_long', { most: LONGEST_BANK_REF }), amountMinor);
    if (!isDate(line.bookedOn)) return noted('conflict', ownReason('bank_date_missing'), amountMinor);
    if (amountMinor === null && status !== 'FAILED') return noted('conflict', ownReason('bank_amount_missing'), amountMinor);
    if (known.refTaken && status !== 'RETURNED') return noted('conflict', ownReason('bank_ref_taken'), amountMinor);
    if (known.waiting) return noted('conflict', ownReason('bank_line_waiting'), amountMinor);
  }
  if (!effect) return noted('conflict', ownReason('bank_contradicts', { status, state: item.state }), amountMinor);
  if (effect.action === null) return noted('matched', ownReason('bank_pending_known'), amountMinor);
  const isKept = item.halted && effect.action === 'fail';
  const isDoubted = effect.action === 'fail' && known.maybePaid;
  if (effect.waits || isKept || isDoubted || (item.isOwn && status !== 'PENDING'))
    return {
      match: 'matched',
      state: 'WAITING',
      why: isKept
        ? ownReason('bank_account_halted')
        : isDoubted
          ? ownReason('bank_maybe_paid')
          : ownReason('bank_to_confirm', { state: item.state }),
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
    const [minor, decimal] = [
      line.amountMinor ? toMinor(line.amountMinor) : null,
      line.amount ? parseDecimal(line.amount, currency) : null,
    ];
    if (minor !== null && decimal !== null && minor !== decimal)
      return { fault: ownReason('bank_amount_unreadable', { detail: 'amount and amount_minor differ' }) };
    return { amountMinor: minor ?? decimal };
  } catch (error) {
    if (error instanceof MoneyError) return { fault: ownReason('bank_amount_unreadable', { detail: error.message.slice(0, 200) }) };
    throw error;
  }
}
