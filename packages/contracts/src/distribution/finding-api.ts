import { z } from 'zod';
import { listOf, listQuery } from '../list';
import { code, currency, instant, minor, period, uuid } from '../primitives';

/** What a reviewer should look at before approving a statement. */
export const findingCode = z.enum(['jump', 'self_purchase', 'refund_after_payout', 'many_refunds', 'fresh_binding', 'payee_changed']);
export type FindingCode = z.infer<typeof findingCode>;
/** VOID: its statement became void while it was open. */
export const findingState = z.enum(['OPEN', 'ACCEPTED', 'VOID']);

/** The figures by which each finding explains itself. */
export const findingFigures = z.union([
  /** Earned less reversed, against the mean of the statements before. */
  z.strictObject({ earnedMinor: minor, meanMinor: minor, statements: z.number().int() }),
  /** What the partner earns by purchases of the person it is registered as. */
  z.strictObject({ customerId: uuid, lines: z.number().int(), amountMinor: minor }),
  /** Taken back from lines of a statement that is being paid or has been. */
  z.strictObject({ statementId: uuid, lines: z.number().int(), amountMinor: minor }),
  /** Lines refunded in the period, beside those that matured in it. */
  z.strictObject({ refundedLines: z.number().int(), lines: z.number().int() }),
  /** The largest order soon after its buyer had come to this partner, beside the median of the partner's orders. */
  z.strictObject({
    orderId: uuid,
    bindingId: uuid,
    minutes: z.number().int(),
    lines: z.number().int(),
    baseMinor: minor,
    medianMinor: minor,
  }),
  /** The details approved now are not those that were paid last. */
  z.strictObject({ payeeId: uuid, formerPayeeId: uuid }),
]);

export const findingRow = z.object({
  id: uuid,
  statementId: uuid,
  period,
  partnerId: uuid,
  partnerCode: code,
  partnerName: z.string(),
  currency,
  code: findingCode,
  figures: findingFigures,
  state: findingState,
  foundAt: instant,
  acceptedBy: uuid.nullable(),
  acceptedAt: instant.nullable(),
  acceptedReason: z.string().nullable(),
});
export const findingList = listOf(findingRow);
export const findingQuery = listQuery.extend({
  statementId: uuid.optional(),
  partnerId: uuid.optional(),
  period: period.optional(),
  code: findingCode.optional(),
  state: findingState.optional(),
});

/** Which customer a partner is in person; null: unknown. */
export const partnerPersonInput = z.strictObject({ customerId: uuid.nullable(), reason: z.string().trim().min(1).max(500) });
export const partnerPerson = z.object({ partnerId: uuid, customerId: uuid.nullable() });

/** The operators who own a partner or share in it: they take no part in what is decided about it. `seen` are those that these replace. */
export const partnerOwnersInput = z.strictObject({
  operatorIds: z.array(uuid).max(50),
  seen: z.array(uuid).max(50),
  reason: z.string().trim().min(1).max(500),
});
export const partnerOwners = z.object({ partnerId: uuid, operatorIds: z.array(uuid) });

/** From where on something is worth a look. */
export const findingThresholds = z.strictObject({
  /** So many times the mean of up to three statements before. */
  jumpFactor: z.number().int().min(1).max(1000).default(3),
  jumpAboveMinor: z.number().int().min(0).default(100_000),
  refundedSharePpm: z.number().int().min(0).max(1_000_000).default(300_000),
  refundedLinesAtLeast: z.number().int().min(1).default(5),
  freshBindingHours: z.number().int().min(1).max(8760).default(24),
  /** So many times the median of the partner's lines. */
  freshBindingFactor: z.number().int().min(1).max(1000).default(5),
  freshBindingAboveMinor: z.number().int().min(0).default(100_000),
});
export type FindingThresholds = z.infer<typeof findingThresholds>;
