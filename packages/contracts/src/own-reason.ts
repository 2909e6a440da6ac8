/**
 * What a service gives as a reason where it acts by itself, or where nobody has typed one. It is stored as the sentence,
 * beside the reasons of people, so that whoever reads the database understands it; a client knows it again by its
 * sentence and says it in the language of its user. A variable that ends in `Minor` is an amount in minor units.
 */
const SENTENCES = {
  as_shown: '{verb} as shown',
  built: 'settlement of {period}',
  built_again: 'settlement of {period}, revision {revision}',
  rebuilt: 'its lines come to its movement again',
  parked: 'lines come to {linesMinor}, the ledger says {ledgerMinor}',
  approved: 'approved',
  partner_agrees: 'the partner agrees',
  window_over: 'nobody disputed it within the window',
  pays_nothing: 'pays nothing: below the minimum, or nothing is owed',
  carried_blocked: 'the partner is blocked: taken into the statement of {period}',
  payable: 'payee details are approved, and the partner is not blocked',
  in_payout: 'payout {payoutId}',
  payout_item: 'payout item {verb}',
  payee_changed: 'payee details changed',
  partner_blocked: 'payouts of the partner were blocked',
  hashes_approved: 'its files have the hashes that are approved',
  bank_says: 'the bank says so: its reference and words are with the item',
  bank_done: 'the bank has spoken on every item',
  nothing_against: 'nothing speaks against it',
  period_decided: 'every statement is approved or void',
  plan_approved: 'approved as drafted',
  recalculation_computed: 'all its orders are compared',
  recalculation_booked: 'all its adjustments are booked',
  balance_wrong: 'the balance is not the sum of the entries (inv 24)',
  partners_taken_in: '{accepted} of {rows} rows taken in: {source}',
  order_cancelled: 'order cancelled',
  bank_item_unknown: 'names no payout item of this brand',
  bank_status_unknown: 'the status is none of {statuses}',
  bank_amount_unreadable: 'the amount cannot be read: {detail}',
  bank_amount_differs: 'the amount is {lineMinor}, the item’s is {itemMinor}',
  bank_amount_missing: 'has no amount',
  bank_line_repeated: 'the same reference, item and status came before',
  bank_ref_missing: 'has no bank reference',
  bank_ref_too_long: 'the bank reference is longer than {most} characters',
  bank_ref_taken: 'the bank reference has settled something else already',
  bank_date_missing: 'has no booking date like 2026-01-31',
  bank_line_waiting: 'another line of this item waits for a treasury checker',
  bank_contradicts: 'the bank says {status}, but the item is {state}',
  bank_pending_known: 'known to be pending',
  bank_account_halted: 'the account of the partner is halted: a treasury checker has to confirm it once that is released',
  bank_maybe_paid: 'another line of the bank says that the item was paid: a treasury checker has to find out',
  bank_to_confirm: 'the item is {state}: a treasury checker has to confirm it',
} as const;

export type OwnReason = keyof typeof SENTENCES;
type Variables<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Variables<Rest> : never;
type Given<Key extends OwnReason> = Readonly<Record<Variables<(typeof SENTENCES)[Key]>, string | number>>;

export const ownReasons = Object.keys(SENTENCES) as OwnReason[];
const VARIABLE = /\{(\w+)\}/g;

/** The sentence to keep as a reason; its variables are given by name. */
export function ownReason<Key extends OwnReason>(
  key: Key,
  ...[given]: [Variables<(typeof SENTENCES)[Key]>] extends [never] ? [] : [Given<Key>]
): string {
  const values: Readonly<Record<string, string | number>> = given ?? {};
  return SENTENCES[key].replace(VARIABLE, (_, name: string) => String(values[name]));
}

/** Longer sentences first: one may begin like another. */
const PATTERNS = ownReasons
  .toSorted((a, b) => SENTENCES[b].length - SENTENCES[a].length)
  .map((key) => ({
    key,
    names: [...SENTENCES[key].matchAll(VARIABLE)].map((found) => found[1]!),
    pattern: new RegExp(`^${SENTENCES[key].replace(/[().]/g, '\\$&').replace(VARIABLE, '(.+)')}$`),
  }));

/** Which reason of a service a text is, with its variables; null for what a person has typed. */
export function readOwnReason(text: string): { key: OwnReason; given: Record<string, string> } | null {
  for (const { key, names, pattern } of PATTERNS) {
    const found = pattern.exec(text);
    if (found) return { key, given: Object.fromEntries(names.map((name, at) => [name, found[at + 1]!])) };
  }
  return null;
}
