import { z } from 'zod';
import { listOf, listQuery } from '../list';
import { code, currency, instant, minor, period, uuid } from '../primitives';

export const adjustmentKind = z.enum(['adjust', 'write-off']);
export const adjustmentSource = z.enum(['manual', 'dispute', 'recalculation']);
export const adjustmentState = z.enum(['PROPOSED', 'BOOKED', 'REJECTED']);

/**
 * `adjust`: positive is owed to the partner from now on, negative no longer. `write-off`: what the partner's carried
 * balance becomes smaller by; negative gives up a debt, positive keeps a leftover.
 */
export const adjustmentInput = z.strictObject({
  partnerId: uuid,
  kind: adjustmentKind,
  amountMinor: minor.refine((amount) => amount !== 0, 'must not be zero'),
  /** Period of the orders that it corrects; the open one when left out. */
  originPeriod: period.optional(),
  lineId: uuid.optional(),
  statementId: uuid.optional(),
  reason: z.string().trim().min(5).max(500),
});
export type AdjustmentInput = z.infer<typeof adjustmentInput>;

export const adjustmentRow = z.object({
  id: uuid,
  partnerId: uuid,
  partnerCode: code,
  partnerName: z.string(),
  currency,
  kind: adjustmentKind,
  amountMinor: minor,
  /** Null while proposed without one. */
  originPeriod: period.nullable(),
  lineId: uuid.nullable(),
  statementId: uuid.nullable(),
  source: adjustmentSource,
  sourceId: uuid,
  reason: z.string(),
  state: adjustmentState,
  proposedBy: uuid,
  proposedAt: instant,
  decidedBy: uuid.nullable(),
  decidedAt: instant.nullable(),
  decisionReason: z.string().nullable(),
  txnId: uuid.nullable(),
  /** The period it was booked in. */
  period: period.nullable(),
});
export const adjustmentList = listOf(adjustmentRow);
export const adjustmentQuery = listQuery.extend({
  state: adjustmentState.optional(),
  partnerId: uuid.optional(),
  kind: adjustmentKind.optional(),
  source: adjustmentSource.optional(),
});
