import { z } from 'zod';
import { defineEvent } from '../event/event';
import { currency, minor, period, uuid } from '../primitives';

/** What is owed to a partner has been corrected by a document: booked in the open period, named after the period it corrects. */
export const commissionAdjusted = defineEvent(
  'distribution.commission-adjusted.v1',
  z.object({
    brandId: uuid,
    adjustmentId: uuid,
    partnerId: uuid,
    originPeriod: period,
    currency,
    /** Positive: owed to the partner in addition; negative: no longer. */
    amountMinor: minor,
  }),
);
export type CommissionAdjusted = z.infer<typeof commissionAdjusted.data>;
