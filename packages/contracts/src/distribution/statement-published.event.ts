import { z } from 'zod';
import { defineEvent } from '../event/event';
import { code, currency, instant, minor, period, uuid } from '../primitives';

/** A statement is open to its partner: from now until the end of its window it can be confirmed or disputed. */
export const statementPublished = defineEvent(
  'distribution.statement-published.v1',
  z.object({
    brandId: uuid,
    statementId: uuid,
    partnerId: uuid,
    partnerCode: code,
    period,
    currency,
    netMinor: minor,
    publishedAt: instant,
    disputeUntil: instant,
  }),
);
