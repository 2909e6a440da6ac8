import { z } from 'zod';
import { listOf, listQuery } from '../list';
import { code, currency, instant, uuid } from '../primitives';

const compact = (text: string) => text.replaceAll(/[\s-]/g, '').toUpperCase();

/** ISO 13616: the rearranged digits, letters counting from 10, leave 1 when divided by 97. */
function isIban(text: string): boolean {
  let rest = 0;
  for (const character of text.slice(4) + text.slice(0, 4)) rest = Number(`${rest}${Number.parseInt(character, 36)}`) % 97;
  return rest === 1;
}

/** An IBAN, or the number of a domestic account: digits only. Spaces and dashes are dropped. */
export const bankAccount = z
  .string()
  .max(60)
  .overwrite(compact)
  .regex(/^([A-Z]{2}\d{2}[A-Z0-9]{11,30}|\d{6,34})$/, 'must be an IBAN or the digits of a domestic account')
  .refine((text) => !/^[A-Z]/.test(text) || isIban(text), 'is not a valid IBAN: its check digits do not fit');
/** A BIC (ISO 9362), or the twelve digits of a CNAPS code. */
export const bankId = z
  .string()
  .max(30)
  .overwrite(compact)
  .regex(/^([A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?|\d{12})$/, 'must be a BIC or a CNAPS code of twelve digits');
/** As the bank knows it. A name that a spreadsheet would take for a formula, or that XML cannot hold, is refused. */
export const accountHolder = z
  .string()
  .trim()
  .min(1)
  .max(140)
  .regex(/^[^=+\-@]/, 'may not begin with = + - or @')
  .regex(/^[^\p{Cc}\p{Cs}\p{Co}\p{Cn}]*$/u, 'may not hold control characters');

const reason = z.string().trim().min(1).max(500);

/** Where a partner wants to be paid in one currency. */
export const payeeInput = z.strictObject({ currency, holder: accountHolder, account: bankAccount, bankId, reason });
export type PayeeInput = z.output<typeof payeeInput>;
/** Rows are checked one by one, so that one that is wrong does not stop the others. */
export const payeeBatchRow = payeeInput.extend({ partnerCode: code });

export const payeeState = z.enum(['PROPOSED', 'APPROVED', 'REPLACED', 'REJECTED']);
/** Only masked: what was given is sealed. */
export const payeeRow = z.object({
  id: uuid,
  partnerId: uuid,
  partnerCode: code,
  partnerName: z.string(),
  currency,
  version: z.number().int(),
  holder: z.string(),
  account: z.string(),
  bankId: z.string(),
  state: payeeState,
  reason: z.string(),
  proposedBy: uuid,
  proposedAt: instant,
  decidedBy: uuid.nullable(),
  decidedAt: instant.nullable(),
  decisionReason: z.string().nullable(),
});
export const payeeList = listOf(payeeRow);
export const payeeQuery = listQuery.extend({ partnerId: uuid.optional(), state: payeeState.optional(), currency: currency.optional() });

export const payeeDecision = z.strictObject({ approve: z.boolean(), reason });
export const payeeBulkDecision = payeeDecision.extend({ payeeIds: z.array(uuid).min(1).max(500) });
export const payeeDecisionResult = z.object({
  done: z.number().int(),
  refused: z.array(z.object({ payeeId: uuid, code: z.string(), message: z.string() })),
});

export const payeeReveal = z.strictObject({ reason });
/** In plain text, for whoever compares it with the evidence; every look is recorded. */
export const payeeRevealed = z.object({ holder: z.string(), account: z.string(), bankId: z.string() });
