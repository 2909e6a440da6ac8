import { z } from 'zod';
import { defineEvent } from '../event/event';
import { businessDate, uuid } from '../primitives';
import { channelCode } from './channel';

/** What a seal says: how many facts of one channel and business date have been published. */
export const seal = z.object({
  brandId: uuid,
  channel: channelCode,
  businessDate,
  /** Seals of one channel and date are numbered: a re-seal after late intake supersedes. */
  revision: z.number().int().min(1),
  /** Number of `order-paid` events with this business date and channel. */
  orders: z.number().int().min(0),
  /** Number of `order-refunded` events with this business date and channel. */
  refunds: z.number().int().min(0),
  /** Sum of netMinor over those orders, then of refunded amounts: the checksum of the counts. */
  paidMinor: z.number().int(),
  refundedMinor: z.number().int(),
});

/** Everything of one channel and business date has been taken in. */
export const intakeSealed = defineEvent('commerce.intake-sealed.v1', seal);
export type Seal = z.infer<typeof seal>;
