import { z } from 'zod';
import { defineEvent } from '../event/event';
import { instant, uuid } from '../primitives';

/** Two persons turned out to be one. `fromCustomerId` is retired; the record of the merge is kept. */
export const customersMerged = defineEvent(
  'membership.customers-merged.v1',
  z.object({ brandId: uuid, mergeId: uuid, fromCustomerId: uuid, intoCustomerId: uuid, occurredAt: instant }),
);
