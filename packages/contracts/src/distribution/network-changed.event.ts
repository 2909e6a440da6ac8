import { z } from 'zod';
import { defineEvent } from '../event/event';
import { instant, uuid } from '../primitives';
import { partnerType } from './partner';

/**
 * Where one partner stands in the network, whole: consumers replace what they hold of this partner
 * when `revision` is newer. `path` lists every ancestor (the partner itself at depth 0) with the
 * half-open interval in which it was above.
 */
export const networkChanged = defineEvent(
  'distribution.network-changed.v1',
  z.object({
    brandId: uuid,
    partnerId: uuid,
    code: z.string(),
    partnerType,
    name: z.string(),
    revision: z.number().int().min(1),
    path: z.array(z.object({ ancestorId: uuid, depth: z.number().int().min(0), validFrom: instant, validTo: instant.nullable() })),
  }),
);
export type NetworkChanged = z.infer<typeof networkChanged.data>;
