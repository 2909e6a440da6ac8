import { z } from 'zod';
import { defineEvent } from '../event/event';
import { businessDate, code, positiveMinor, uuid } from '../primitives';

/** What one piece of a product costs from a date on has become known; never restated. */
export const productCosted = defineEvent(
  'commerce.product-costed.v1',
  z.object({
    brandId: uuid,
    sku: code,
    /** `0001-01-01` where it counts from the beginning. */
    costFrom: businessDate,
    unitCostMinor: positiveMinor,
  }),
);
export type ProductCosted = z.infer<typeof productCosted.data>;
