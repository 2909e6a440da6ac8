import { z } from 'zod';
import { orderBody } from '../commerce/order-paid.event';
import { defineEvent } from '../event/event';
import { uuid } from '../primitives';

/** Tiers of `indicators.md` 2.3. */
export const tier = z.enum(['T0', 'T1', 'T2', 'T3', 'T4']);

/**
 * The order plus who it was, as known then and never restated. `customerId` is null when the
 * order carried no identity: such an order earns for its channel chain but binds nobody.
 */
export const purchaseAttributed = defineEvent(
  'membership.purchase-attributed.v1',
  orderBody.extend({
    customerId: uuid.nullable(),
    /** Was this person a member when the order was placed (including by this very purchase)? */
    member: z.boolean(),
    tier: tier.nullable(),
    /** Persons who turned out, by this very order, to be this customer; they are retired. */
    merged: z.array(uuid),
  }),
);
export type PurchaseAttributed = z.infer<typeof purchaseAttributed.data>;
