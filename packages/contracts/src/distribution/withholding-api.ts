import { z } from 'zod';
import { businessDate, currency, instant, positiveMinor, uuid } from '../primitives';
import { partnerType } from './partner';

/**
 * What is withheld from what these types of partner are paid, from a date of the brand on until the next rule of the
 * type begins: nothing up to `exemptMinor`, above it the rate of what is left after `deductMinor`.
 */
export const withholdingRuleInput = z.strictObject({
  partnerTypes: z.array(partnerType).min(1).max(7),
  currency,
  validFrom: businessDate,
  exemptMinor: positiveMinor,
  deductMinor: positiveMinor,
  /** Below 100 %: something is always left to be paid. */
  ratePpm: z.number().int().min(0).max(999_999),
  reason: z.string().trim().min(1).max(500),
});
export type WithholdingRuleInput = z.output<typeof withholdingRuleInput>;

export const withholdingRuleRow = z.object({
  id: uuid,
  partnerTypes: z.array(partnerType),
  currency,
  validFrom: businessDate,
  exemptMinor: positiveMinor,
  deductMinor: positiveMinor,
  ratePpm: z.number().int(),
  state: z.enum(['PROPOSED', 'APPROVED', 'REJECTED']),
  reason: z.string(),
  proposedBy: uuid,
  proposedAt: instant,
  decidedBy: uuid.nullable(),
  decidedAt: instant.nullable(),
  decisionReason: z.string().nullable(),
});
export const withholdingRuleList = z.object({ data: z.array(withholdingRuleRow) });
export const withholdingDecision = z.strictObject({ approve: z.boolean(), reason: z.string().trim().min(1).max(500) });
