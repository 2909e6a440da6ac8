import { z } from 'zod';
import { defineEvent } from '../event/event';
import { uuid } from '../primitives';

/** A touchpoint was registered or changed: the dimension orders and expenses may name. */
export const touchpointChanged = defineEvent(
  'content-planning.touchpoint-changed.v1',
  z.object({
    brandId: uuid,
    code: z.string(),
    name: z.string(),
    domain: z.enum(['public', 'private', 'offline']),
    /** Lower is looked after first. */
    priority: z.number().int(),
    revision: z.number().int().min(1),
  }),
);
