import { z } from 'zod';
import { defineEvent } from '../event/event';
import { businessDate, currency, instant, minor, period, uuid } from '../primitives';

/** Classes of expense (indicators.md, key 5). Commission never comes from here but from distribution. */
export const expenseClass = z.enum([
  'paid_media',
  'platform_promotion',
  'agency_fee',
  'private_domain_payroll',
  'tools',
  'content',
  'gifts_and_points',
  'fixed',
]);
/** What the money was spent for. */
export const expensePurpose = z.enum(['acquisition', 'conversion', 'nurture', 'service', 'loyalty', 'general']);

/** An expense has been recorded. A correction is another expense with the opposite sign. */
export const expenseRecorded = defineEvent(
  'commerce.expense-recorded.v1',
  z.object({
    brandId: uuid,
    expenseId: uuid,
    class: expenseClass,
    purpose: expensePurpose,
    channel: z.string().nullable(),
    touchpoint: z.string().nullable(),
    occurredAt: instant,
    businessDate,
    period,
    currency,
    amountMinor: minor,
  }),
);
