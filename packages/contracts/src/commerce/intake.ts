import { z } from 'zod';
import { fieldError } from '../problem';
import { code, currency, minor, positiveMinor } from '../primitives';
import { channelCode, channelDomain } from './channel';
import { expenseClass, expensePurpose } from './expense-recorded.event';
import { plainIdentity } from './identity';

/**
 * A moment as channels send it: an instant with an offset (`2026-01-31T16:00:00+08:00`, `…Z`) or, without
 * one, the wall clock of the brand's time zone (`2026-01-31 16:00:00`, `2026-01-31T16:00:00.250`).
 */
export const moment = z
  .string()
  .regex(
    /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?)?$/,
    'must be a date and time like 2026-01-31 16:00:00 or 2026-01-31T16:00:00+08:00',
  );

/** Where an order stands. Only forward; `cancelled` from any of the others. */
export const orderStatus = z.enum(['created', 'paid', 'shipped', 'completed', 'cancelled']);
export type OrderStatus = z.infer<typeof orderStatus>;

export const orderLineInput = z.strictObject({
  /** Position in the order; when left out, the place in the list. */
  lineNo: z.number().int().min(1).max(10_000).optional(),
  sku: code,
  /** Overrides the product's category. */
  category: code.optional(),
  quantity: z.number().int().min(1).max(1_000_000).default(1),
  /** What the buyer pays for the line, after discounts, without freight. */
  netMinor: positiveMinor,
  /** Cost of the whole line; when left out, the product's dated unit cost is used. */
  costMinor: positiveMinor.optional(),
  storeCode: code.optional(),
  guideCode: code.optional(),
});

/** One order of any channel. The pair (channel, externalId) is its identity. */
export const orderInput = z.strictObject({
  channel: channelCode,
  externalId: z.string().trim().min(1).max(100),
  status: orderStatus,
  placedAt: moment,
  /** Defaults to placedAt. */
  paidAt: moment.optional(),
  /** When it was cancelled, if it was; defaults to the moment it is taken in. */
  cancelledAt: moment.optional(),
  currency: currency.optional(),
  buyer: z.array(plainIdentity).max(10).default([]),
  storeCode: code.optional(),
  guideCode: code.optional(),
  leaderCode: code.optional(),
  touchpoint: code.optional(),
  fulfilmentMinor: positiveMinor.optional(),
  lines: z.array(orderLineInput).min(1).max(1000),
});
export type OrderInput = z.input<typeof orderInput>;

/**
 * One refund: of an order's lines, of an order and an amount (spread over its lines in proportion to
 * what is left of them), of the whole rest of an order (neither lines nor amount), or of no known order,
 * matched by buyer and product to the latest earlier line with something left.
 */
export const refundInput = z.strictObject({
  channel: channelCode,
  externalId: z.string().trim().min(1).max(100),
  occurredAt: moment,
  /** The channel's own number of the order. */
  orderExternalId: z.string().trim().min(1).max(100).optional(),
  lines: z
    .array(z.strictObject({ lineNo: z.number().int().min(1), amountMinor: positiveMinor }))
    .min(1)
    .max(1000)
    .optional(),
  amountMinor: positiveMinor.optional(),
  match: z.strictObject({ buyer: plainIdentity, sku: code }).optional(),
  reason: z.string().trim().max(200).optional(),
});
export type RefundInput = z.input<typeof refundInput>;

export const expenseInput = z.strictObject({
  externalId: z.string().trim().min(1).max(100),
  occurredAt: moment,
  class: expenseClass,
  purpose: expensePurpose,
  amountMinor: minor,
  currency: currency.optional(),
  channel: channelCode.optional(),
  touchpoint: code.optional(),
});
export type ExpenseInput = z.input<typeof expenseInput>;

/** A product and what one piece costs from a date on. Sending another date adds to the cost history. */
export const productInput = z.strictObject({
  sku: code,
  name: z.string().trim().min(1).max(200),
  category: code.optional(),
  unitCostMinor: positiveMinor.optional(),
  costFrom: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .optional(),
});
export type ProductInput = z.input<typeof productInput>;

export const brandInput = z.strictObject({
  code: z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/),
  name: z.string().trim().min(1).max(100),
  zone: z.string().refine((zone) => isZone(zone), 'must be an IANA time zone such as Asia/Shanghai'),
  currency,
  channels: z
    .array(z.strictObject({ code: channelCode, domain: channelDomain, name: z.string().trim().min(1).max(60) }))
    .min(1)
    .max(50),
});
export type BrandInput = z.input<typeof brandInput>;

/** Declares one channel's business date complete. */
export const sealInput = z.strictObject({ channel: channelCode, businessDate: z.string().regex(/^\d{4}-\d{2}-\d{2}$/) });

/** Answer to a batch: what was new, what was known already, and every record that was refused, with its place in the batch. */
export const batchResult = z.object({
  accepted: z.number().int(),
  /** Known already, with the same content or an older status. */
  unchanged: z.number().int(),
  rejected: z.array(z.object({ index: z.number().int(), externalId: z.string(), errors: z.array(fieldError) })),
});
export type BatchResult = z.infer<typeof batchResult>;

/** A batch of at most 500 records. */
export function batchOf<T extends z.ZodType>(item: T) {
  return z.strictObject({ items: z.array(item).min(1).max(500) });
}

export const orderAccepted = z.object({ orderId: z.string(), status: orderStatus, businessDate: z.string(), period: z.string() });

function isZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
}
