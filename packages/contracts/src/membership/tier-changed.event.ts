import { z } from 'zod';
import { defineEvent } from '../event/event';
import { businessDate, instant, uuid } from '../primitives';
import { tier } from './purchase-attributed.event';

/** A member moved between tiers. */
export const tierChanged = defineEvent(
  'membership.tier-changed.v1',
  z.object({
    brandId: uuid,
    customerId: uuid,
    from: tier.nullable(),
    to: tier,
    reason: z.enum(['registered', 'spend', 'refund', 'anniversary', 'merge']),
    /** Rolling spend in whole currency units (growth value) that led here. */
    growthValue: z.number().int(),
    occurredAt: instant,
    businessDate,
  }),
);
