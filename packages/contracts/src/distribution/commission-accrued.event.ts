import { z } from 'zod';
import { channelCode } from '../commerce/channel';
import { defineEvent } from '../event/event';
import { businessDate, currency, period, positiveMinor, ppm, uuid } from '../primitives';

/** One partner's share of one order line, frozen. */
export const commissionShare = z.object({
  role: z.string(),
  partnerId: uuid,
  baseMinor: positiveMinor,
  ratePpm: ppm.nullable(),
  amountMinor: positiveMinor,
});

/** An order has been split and booked. */
export const commissionAccrued = defineEvent(
  'distribution.commission-accrued.v1',
  z.object({
    brandId: uuid,
    orderId: uuid,
    channel: channelCode,
    /** Business date and period of the order: the origin of everything that follows from it. */
    originDate: businessDate,
    originPeriod: period,
    currency,
    lines: z.array(
      z.object({
        lineNo: z.number().int().min(1),
        netMinor: positiveMinor,
        storeId: uuid.nullable(),
        shares: z.array(commissionShare),
      }),
    ),
  }),
);
export type CommissionAccrued = z.infer<typeof commissionAccrued.data>;
