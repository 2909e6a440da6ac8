import { z } from 'zod';
import { defineEvent } from '../event/event';
import { businessDate, instant, uuid } from '../primitives';

/** A person became a member. */
export const memberRegistered = defineEvent(
  'membership.member-registered.v1',
  z.object({
    brandId: uuid,
    customerId: uuid,
    occurredAt: instant,
    businessDate,
    /** `purchase` when a first purchase registers, otherwise the channel it came by. */
    joinChannel: z.string(),
  }),
);
