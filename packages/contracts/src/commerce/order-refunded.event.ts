import { z } from 'zod';
import { defineEvent } from '../event/event';
import { businessDate, currency, instant, period, positiveMinor, uuid } from '../primitives';
import { channelCode } from './channel';

/** Money went back for lines of one order. Commerce has already spread amounts over lines. */
export const orderRefunded = defineEvent(
  'commerce.order-refunded.v1',
  z.object({
    brandId: uuid,
    refundId: uuid,
    orderId: uuid,
    channel: channelCode,
    occurredAt: instant,
    /** Business date and period of the refund itself; the order keeps its own. */
    businessDate,
    period,
    currency,
    reason: z.string().nullable(),
    lines: z.array(z.object({ lineNo: z.number().int().min(1), amountMinor: positiveMinor })).min(1),
  }),
);
export type OrderRefunded = z.infer<typeof orderRefunded.data>;
