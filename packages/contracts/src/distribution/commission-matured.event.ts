import { z } from 'zod';
import { channelCode } from '../commerce/channel';
import { defineEvent } from '../event/event';
import { businessDate, currency, minor, period, uuid } from '../primitives';

/** What the holding period has released, added up: one row per partner, role, channel and origin date. */
export const commissionMatured = defineEvent(
  'distribution.commission-matured.v1',
  z.object({
    brandId: uuid,
    partnerId: uuid,
    role: z.string(),
    channel: channelCode,
    originDate: businessDate,
    originPeriod: period,
    currency,
    /** Earned less what had been reversed before. */
    amountMinor: minor,
    lines: z.number().int().min(0),
  }),
);
