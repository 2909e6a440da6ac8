import type { heldRefundRow } from '@concentric/contracts';
import type { z } from 'zod';

type Reason = z.infer<typeof heldRefundRow>['reason'];

/** What can be done about a refund that is held. */
export const remedies: Readonly<Record<Reason, string>> = {
  exceeds_paid:
    'Compare the order and its refunds with the system that took them; then try again, or correct the commission by an adjustment.',
  account_halted: 'Have the account of this partner put right and released: the refund is then tried again by itself.',
  order_unknown: 'Take in the order, or see whether its message waits among the dead letters: the refund is then taken back by itself.',
};
