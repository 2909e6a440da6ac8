import { z } from 'zod';
import { defineEvent } from '../event/event';
import { currency, uuid } from '../primitives';
import { channelCode, channelDomain } from './channel';

/** A brand was opened or renamed. Zone and currency never change once it has an order. */
export const brandChanged = defineEvent(
  'commerce.brand-changed.v1',
  z.object({
    brandId: uuid,
    code: z.string(),
    name: z.string(),
    /** IANA time zone. */
    zone: z.string(),
    currency,
    /** Channels that must be sealed before a period may close. */
    channels: z.array(z.object({ code: channelCode, domain: channelDomain, name: z.string() })),
  }),
);
