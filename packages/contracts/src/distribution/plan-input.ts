import { z } from 'zod';
import { channelCode } from '../commerce/channel';
import { moment } from '../commerce/intake';
import { code, positiveMinor, ppm } from '../primitives';
import { partnerType } from './partner';

/**
 * Who earns by a rule: start from the order line's store or guide, its group leader, or the partner the
 * person is bound to, and climb the chain of that moment to the nearest partner of `climbTo` (the start itself counts).
 */
export const recipient = z.strictObject({ from: z.enum(['store', 'guide', 'leader', 'bound']), climbTo: partnerType.optional() });

export const planRule = z.strictObject({
  /** Name of the role in the split, such as `store` or `distributor`. One share per role and line. */
  role: z.string().regex(/^[a-z][a-z_]{0,31}$/),
  recipient,
  /** Empty: every category or channel. The more specific rule of a role wins. */
  categories: z.array(code).max(200).default([]),
  channels: z.array(channelCode).max(50).default([]),
  /** A rate of the base, or a fixed amount per piece. */
  ratePpm: ppm.optional(),
  fixedMinor: positiveMinor.optional(),
  base: z.enum(['net', 'margin']).default('net'),
  /** Highest share of one line. */
  capMinor: positiveMinor.optional(),
});

/** A plan version as data. Immutable once active; activated by somebody other than its author. */
export const planInput = z.strictObject({
  code: z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/),
  name: z.string().trim().min(1).max(100),
  validFrom: moment,
  /** All shares of one line together may not exceed this part of its net amount. */
  budgetPpm: ppm,
  rules: z.array(planRule).min(1).max(200),
});
export type PlanInput = z.input<typeof planInput>;
export type PlanRule = z.infer<typeof planRule>;
