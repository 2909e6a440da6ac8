import { z } from 'zod';
import { listOf, listQuery } from '../list';
import { businessDate, currency, instant, minor, period, positiveMinor, uuid } from '../primitives';
import { channelCode, channelDomain } from './channel';
import { expenseClass, expensePurpose } from './expense-recorded.event';
import { identityType } from './identity';
import { batchOf, orderStatus, sealInput } from './intake';
import { seal } from './intake-sealed.event';

/** A batch whose rows are validated one by one: a bad row comes back in `rejected` and never fails the others. */
export const intakeBatch = batchOf(z.unknown());

/** Answer to a batch of seals: how many are new or changed; unchanged counts are not sealed again. */
export const sealBatch = z.strictObject({ items: z.array(sealInput).min(1).max(1000) });
export const sealResult = z.object({ sealed: z.number().int(), unchanged: z.number().int() });

export const brandRow = z.object({
  brandId: uuid,
  code: z.string(),
  name: z.string(),
  zone: z.string(),
  currency,
  channels: z.array(z.object({ code: channelCode, domain: channelDomain, name: z.string() })),
});
export type BrandRow = z.infer<typeof brandRow>;
export const brandList = z.object({ data: z.array(brandRow), total: z.number().int() });

export const productRow = z.object({
  sku: z.string(),
  name: z.string(),
  category: z.string().nullable(),
  /** Newest first. */
  costs: z.array(z.object({ from: businessDate, unitCostMinor: positiveMinor })),
  updatedAt: instant,
});
export type ProductRow = z.infer<typeof productRow>;
/** `q` matches the beginning of the SKU. Sorts: sku, updatedAt. */
export const productListQuery = listQuery.extend({ category: z.string().max(64).optional(), q: z.string().max(64).optional() });
export const productList = listOf(productRow);

export const orderRow = z.object({
  orderId: uuid,
  externalId: z.string(),
  channel: channelCode,
  status: orderStatus,
  placedAt: instant,
  paidAt: instant.nullable(),
  cancelledAt: instant.nullable(),
  businessDate,
  period,
  currency,
  netMinor: positiveMinor,
  refundedMinor: positiveMinor,
  storeCode: z.string().nullable(),
  guideCode: z.string().nullable(),
  leaderCode: z.string().nullable(),
  touchpoint: z.string().nullable(),
});
export type OrderRow = z.infer<typeof orderRow>;
/** `from` and `to` are business dates, both inclusive; `q` matches the beginning of the external id. Sorts: placedAt, netMinor, externalId. */
export const orderListQuery = listQuery.extend({
  channel: channelCode.optional(),
  status: orderStatus.optional(),
  from: businessDate.optional(),
  to: businessDate.optional(),
  storeCode: z.string().max(64).optional(),
  q: z.string().max(100).optional(),
});
export const orderList = listOf(orderRow);

export const orderLineRow = z.object({
  lineNo: z.number().int(),
  sku: z.string(),
  category: z.string().nullable(),
  quantity: z.number().int(),
  netMinor: positiveMinor,
  /** Null when unknown, and for whoever does not see the whole brand. */
  costMinor: positiveMinor.nullable(),
  refundedMinor: positiveMinor,
  storeCode: z.string().nullable(),
  guideCode: z.string().nullable(),
});

/**
 * `applied`: booked and published. `waiting`: its order is not here or not paid yet; applied by itself when it is.
 * `held`: cannot be booked as it stands, for the reason given; a refund that is matched by buyer is tried again with
 * each new order of that buyer.
 */
export const refundState = z.enum(['applied', 'waiting', 'held']);
export const refundRow = z.object({
  refundId: uuid,
  externalId: z.string(),
  channel: channelCode,
  state: refundState,
  holdReason: z.string().nullable(),
  /** Null until it is applied. */
  orderId: uuid.nullable(),
  orderExternalId: z.string().nullable(),
  occurredAt: instant,
  businessDate,
  period,
  currency,
  /** What was asked for; null when the whole rest was. */
  requestedMinor: positiveMinor.nullable(),
  /** What was booked: 0 until applied. */
  refundedMinor: positiveMinor,
  reason: z.string().nullable(),
});
export type RefundRow = z.infer<typeof refundRow>;
/** Sorts: occurredAt, refundedMinor, externalId. */
export const refundListQuery = listQuery.extend({
  channel: channelCode.optional(),
  state: refundState.optional(),
  from: businessDate.optional(),
  to: businessDate.optional(),
  q: z.string().max(100).optional(),
});
export const refundList = listOf(refundRow);

export const orderDetail = orderRow.extend({
  fulfilmentMinor: positiveMinor.nullable(),
  /** Which kinds of identity the order named; the values are membership's to show. */
  buyer: z.array(z.object({ type: identityType })),
  lines: z.array(orderLineRow),
  refunds: z.array(refundRow.extend({ lines: z.array(z.object({ lineNo: z.number().int(), amountMinor: positiveMinor })) })),
});
export type OrderDetail = z.infer<typeof orderDetail>;
export const refundAccepted = z.object({
  refundId: uuid,
  state: refundState,
  holdReason: z.string().nullable(),
  orderId: uuid.nullable(),
  refundedMinor: positiveMinor,
});

export const expenseRow = z.object({
  expenseId: uuid,
  externalId: z.string(),
  occurredAt: instant,
  businessDate,
  period,
  class: expenseClass,
  purpose: expensePurpose,
  channel: z.string().nullable(),
  touchpoint: z.string().nullable(),
  currency,
  amountMinor: minor,
});
export type ExpenseRow = z.infer<typeof expenseRow>;
/** Sorts: occurredAt, amountMinor. */
export const expenseListQuery = listQuery.extend({
  class: expenseClass.optional(),
  purpose: expensePurpose.optional(),
  from: businessDate.optional(),
  to: businessDate.optional(),
});
export const expenseList = listOf(expenseRow);

export const sealRow = seal.omit({ brandId: true }).extend({ sealedAt: instant });
export type SealRow = z.infer<typeof sealRow>;
/** Sorts: businessDate. */
export const sealListQuery = listQuery.extend({
  channel: channelCode.optional(),
  from: businessDate.optional(),
  to: businessDate.optional(),
});
export const sealList = listOf(sealRow);

export const importKind = z.enum(['orders', 'refunds', 'products', 'expenses']);
export type ImportKind = z.infer<typeof importKind>;
export const importFormat = z.enum(['csv', 'ndjson']);
export const importState = z.enum(['queued', 'running', 'completed', 'failed']);
/** How an uploaded file is to be read. `channel` fills records that name none. */
export const importQuery = z.strictObject({
  kind: importKind,
  format: importFormat,
  gzip: z.enum(['0', '1']).default('0'),
  channel: channelCode.optional(),
  /** Shown in the list of imports. */
  name: z.string().trim().max(200).optional(),
});
export const importAccepted = z.object({ importId: uuid });
export const importRow = z.object({
  importId: uuid,
  kind: importKind,
  format: importFormat,
  name: z.string().nullable(),
  state: importState,
  /** Rows of the file that were read and are settled one way or the other. An order of three lines is three rows of a CSV. */
  rowsRead: z.number().int(),
  accepted: z.number().int(),
  unchanged: z.number().int(),
  rejected: z.number().int(),
  bytesRead: z.number().int(),
  bytesTotal: z.number().int(),
  createdAt: instant,
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
  /** Why it failed, and what to do about it. */
  error: z.string().nullable(),
});
export type ImportRow = z.infer<typeof importRow>;
/** Sorts: createdAt. */
export const importListQuery = listQuery.extend({ kind: importKind.optional(), state: importState.optional() });
export const importList = listOf(importRow);
export const rejectRow = z.object({
  seq: z.number().int(),
  /** Line of the file, counted from 1 with the header. */
  line: z.number().int(),
  /** External id or SKU of the record, as far as it could be read. */
  record: z.string(),
  field: z.string(),
  code: z.string(),
  reason: z.string(),
  remedy: z.string(),
});
export type RejectRow = z.infer<typeof rejectRow>;
/** Sorts: seq. */
export const rejectListQuery = listQuery;
export const rejectList = listOf(rejectRow);
