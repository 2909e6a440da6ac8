import { z } from 'zod';
import { defineEvent } from '../event/event';
import { currency, instant, period, positiveMinor, uuid } from '../primitives';

/** A statement is being paid: its batch has gone to the bank. What the bank then says is another matter. */
export const payoutSent = defineEvent(
  'distribution.payout-sent.v1',
  z.object({
    brandId: uuid,
    payoutId: uuid,
    itemId: uuid,
    statementId: uuid,
    partnerId: uuid,
    /** Of the statement. */
    period,
    currency,
    /** What the statement came to: amount + tax. */
    grossMinor: positiveMinor,
    taxMinor: positiveMinor,
    amountMinor: positiveMinor,
    sentAt: instant,
  }),
);
export type PayoutSent = z.infer<typeof payoutSent.data>;
