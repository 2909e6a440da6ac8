import { z } from 'zod';
import { listOf, listQuery } from '../list';
import { businessDate, code, currency, instant, minor, period, uuid } from '../primitives';

/** Computed and booked by the service, decided on by people. */
export const recalculationState = z.enum(['COMPUTING', 'PROPOSED', 'BOOKING', 'BOOKED', 'REJECTED']);
export type RecalculationState = z.infer<typeof recalculationState>;

/** What a plan version would have given for the orders of these business dates, both inclusive. */
export const recalculationInput = z
  .strictObject({ planVersionId: uuid, from: z.iso.date(), to: z.iso.date(), reason: z.string().trim().min(5).max(500) })
  .refine(({ from, to }) => from <= to, { path: ['to'], message: 'the range ends before it begins' });
export type RecalculationInput = z.output<typeof recalculationInput>;

export const recalculationRow = z.object({
  id: uuid,
  planVersionId: uuid,
  planCode: z.string(),
  planVersion: z.number().int(),
  from: businessDate,
  to: businessDate,
  reason: z.string(),
  state: recalculationState,
  orders: z.number().int(),
  ordersDone: z.number().int(),
  /** Shares that differ. */
  lines: z.number().int(),
  /** Orders that the plan version cannot split; they stay as they are. */
  skippedOrders: z.number().int(),
  adjustments: z.number().int(),
  adjustmentsBooked: z.number().int(),
  proposedBy: uuid,
  proposedAt: instant,
  decidedBy: uuid.nullable(),
  decidedAt: instant.nullable(),
  decisionReason: z.string().nullable(),
});
export const recalculationList = listOf(recalculationRow);
/** With what it comes to over everybody. */
export const recalculationDetail = recalculationRow.extend({
  totals: z.array(z.object({ currency, expectedMinor: minor, bookedMinor: minor, differenceMinor: minor })),
});
export const recalculationQuery = listQuery.extend({ state: recalculationState.optional() });

/** What one adjustment will say: per partner, currency and origin period. */
export const recalculationTotalRow = z.object({
  id: uuid,
  partnerId: uuid,
  partnerCode: code,
  partnerName: z.string(),
  currency,
  originPeriod: period,
  lines: z.number().int(),
  expectedMinor: minor,
  bookedMinor: minor,
  differenceMinor: minor,
  adjustmentId: uuid.nullable(),
});
export const recalculationTotalList = listOf(recalculationTotalRow);
export const recalculationTotalQuery = listQuery;

export const recalculationLineRow = z.object({
  id: uuid,
  orderId: uuid,
  orderExternalId: z.string(),
  lineNo: z.number().int(),
  role: z.string(),
  partnerId: uuid,
  partnerCode: code,
  currency,
  originPeriod: period,
  /** The line that is booked; null: the plan in force gave this partner nothing for it. */
  lineId: uuid.nullable(),
  expectedMinor: minor,
  bookedMinor: minor,
  differenceMinor: minor,
});
export const recalculationLineList = listOf(recalculationLineRow);
export const recalculationLineQuery = listQuery.extend({ partnerId: uuid.optional() });
