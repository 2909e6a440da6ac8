import { z } from 'zod';
import { defineEvent } from '../event/event';
import { instant, uuid } from '../primitives';

/** Whom a customer is bound to now. `partnerId` null: to nobody. Newer `revision` wins. */
export const bindingChanged = defineEvent(
  'distribution.binding-changed.v1',
  z.object({
    brandId: uuid,
    customerId: uuid,
    partnerId: uuid.nullable(),
    validFrom: instant,
    reason: z.string(),
    revision: z.number().int().min(1),
  }),
);
