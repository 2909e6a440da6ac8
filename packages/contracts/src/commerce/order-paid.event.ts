import { z } from 'zod';
import { defineEvent } from '../event/event';
import { businessDate, code, currency, instant, period, positiveMinor, uuid } from '../primitives';
import { channelCode, channelDomain } from './channel';
import { sealedIdentity } from './identity';

/** One position of an order. Its identity is its position: two equal lines are two lines. */
export const orderLine = z.object({
  lineNo: z.number().int().min(1),
  sku: code,
  category: z.string().nullable(),
  quantity: z.number().int().min(1),
  /** What the buyer pays for the line: after discounts, without freight. */
  netMinor: positiveMinor,
  /** Cost of the whole line, captured with the order; null when unknown, never zero for unknown. */
  costMinor: positiveMinor.nullable(),
  /** Store and guide of this line, resolved from line or order. Codes are the customer's own. */
  storeCode: code.nullable(),
  guideCode: code.nullable(),
  /** Group leader who gathered the order. */
  leaderCode: code.nullable(),
});

/** What is fixed when an order is placed, shared by every event that carries the order onwards. */
export const orderBody = z.object({
  brandId: uuid,
  orderId: uuid,
  /** The channel's own order number. */
  externalId: z.string(),
  channel: channelCode,
  channelDomain,
  /** When the order was placed: everything is attributed as of this instant. */
  occurredAt: instant,
  /** When it became payable: the holding period counts from here. */
  paidAt: instant,
  businessDate,
  period,
  currency,
  touchpoint: z.string().nullable(),
  lines: z.array(orderLine).min(1),
});

/** An order has been paid; published once per order, never restated. */
export const orderPaid = defineEvent('commerce.order-paid.v1', orderBody.extend({ buyer: z.array(sealedIdentity) }));
export type OrderPaid = z.infer<typeof orderPaid.data>;
export type OrderLine = z.infer<typeof orderLine>;
