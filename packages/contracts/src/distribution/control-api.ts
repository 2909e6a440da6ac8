import { z } from 'zod';
import { code, currency, instant, minor, uuid } from '../primitives';

/** What the books are checked for, each by one statement of SQL. */
export const controlName = z.enum([
  'edge_overlap',
  'binding_overlap',
  'entry_currency',
  'transaction_balance',
  'ledger_balance',
  'account_balance',
  'statement_movement',
  'movement_stated',
  'statement_opening',
  'statement_carried',
  'payout_item',
  'payout_statement',
  'payout_batch',
  'payout_ledger',
]);
export type ControlName = z.infer<typeof controlName>;

/** Something that contradicts an invariant: which transaction, account, statement, item or batch, and what it says instead. */
export const controlFinding = z.object({ control: controlName, subject: z.string(), expected: z.string(), found: z.string() });
export type ControlFinding = z.infer<typeof controlFinding>;

export const controlRun = z.object({
  /** Null until the books have been checked for the first time. */
  checkedAt: instant.nullable(),
  /** After a business date, before a period was closed, or because somebody asked. */
  occasion: z.enum(['daily', 'close', 'asked']).nullable(),
  controls: z.array(z.object({ name: controlName, invariant: z.number().int(), mismatches: z.number().int() })),
  /** The first of each control. */
  findings: z.array(controlFinding),
  /** Accounts to which nothing is posted until somebody has put them right. */
  halted: z.array(
    z.object({
      id: uuid,
      accountId: uuid,
      partnerCode: code,
      account: z.string(),
      currency,
      balanceMinor: minor,
      entriesMinor: minor,
      haltedAt: instant,
    }),
  ),
});
/** The balance of a halted account agrees with its entries again, or is set to what they come to. */
export const releaseHaltInput = z.strictObject({
  reason: z.string().trim().min(5).max(500),
  balanceFromEntries: z.boolean().default(false),
});
