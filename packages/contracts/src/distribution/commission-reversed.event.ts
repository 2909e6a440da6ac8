import { z } from 'zod';
import { channelCode } from '../commerce/channel';
import { defineEvent } from '../event/event';
import { businessDate, currency, period, positiveMinor, uuid } from '../primitives';

/** A refund has taken commission back, at the rates of the original lines. */
export const commissionReversed = defineEvent(
  'distribution.commission-reversed.v1',
  z.object({
    brandId: uuid,
    orderId: uuid,
    refundId: uuid,
    channel: channelCode,
    originDate: businessDate,
    originPeriod: period,
    currency,
    lines: z.array(
      z.object({
        lineNo: z.number().int().min(1),
        storeId: uuid.nullable(),
        /** What was refunded of a line that carries commission: lowers commissionable net sales of the origin date. */
        commissionableMinor: positiveMinor,
        shares: z.array(z.object({ role: z.string(), partnerId: uuid, amountMinor: positiveMinor, matured: z.boolean() })),
      }),
    ),
  }),
);
export type CommissionReversed = z.infer<typeof commissionReversed.data>;
