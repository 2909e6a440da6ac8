import { z } from 'zod';
import { channelCode } from '../commerce/channel';
import { businessDate, currency, period, uuid } from '../primitives';

/** Indicators that can be asked for so far; names of the indicator catalogue. */
export const indicatorKey = z.enum(['net_sales_amount', 'effective_commission_rate']);
export type IndicatorKey = z.infer<typeof indicatorKey>;

/** Why a value is null: there is nothing to divide by, nothing has matured yet, or no fact at all in the interval. */
export const nullReason = z.enum(['zero_denominator', 'immature', 'no_data']);

/** GET /definitions -> { definitions }. A definition is never edited: a new formula is a new version. */
export const indicatorDefinition = z.object({
  key: z.string(),
  version: z.number().int(),
  name: z.object({ zh: z.string(), en: z.string() }),
  formula: z.string(),
  unit: z.string(),
  /** `+` sums over anything, `s` over dimensions but not over time, `x` is recomputed and never summed. */
  additivity: z.enum(['+', 's', 'x']),
  /** `up` higher is better, `down` lower, `target` a band, `context` no target of its own. */
  direction: z.enum(['up', 'down', 'target', 'context']),
  /** Events it is computed from. */
  source: z.array(z.string()),
});
export const indicatorDefinitions = z.object({ definitions: z.array(indicatorDefinition) });
export type IndicatorDefinition = z.infer<typeof indicatorDefinition>;

/**
 * Query of GET /values. Dates of the brand, half-open: from the start of `from` to the start of `to`.
 * `partnerId`: sales of the stores, commission of the partners that stood under it on the origin date.
 * `refunds`: counted on the refund's date (`ledger`, for finance) or netted on the order's date (`order`);
 * only for amounts of sales, the commission rate is always in order mode.
 */
export const indicatorQuery = z.strictObject({
  key: indicatorKey,
  from: businessDate,
  to: businessDate,
  granularity: z.enum(['total', 'month', 'day']).default('total'),
  channel: channelCode.optional(),
  partnerId: uuid.optional(),
  refunds: z.enum(['ledger', 'order']).default('ledger'),
});
export type IndicatorQuery = z.infer<typeof indicatorQuery>;

/** One interval. `parts` holds every amount that went in, by name, in minor units. */
export const indicatorRow = z.object({
  from: businessDate,
  /** Exclusive. */
  to: businessDate,
  value: z.number().nullable(),
  reason: nullReason.nullable(),
  /** For an amount: the amount itself and null. */
  numerator: z.number().int().nullable(),
  denominator: z.number().int().nullable(),
  parts: z.record(z.string(), z.number().int()),
});
export type IndicatorRow = z.infer<typeof indicatorRow>;

/** Answer of GET /values. `unit` is `minor` (minor units of `currency`) or `ratio` (0..1). */
export const indicatorValues = z.object({
  key: indicatorKey,
  version: z.number().int(),
  currency,
  unit: z.enum(['minor', 'ratio']),
  rows: z.array(indicatorRow),
});
export type IndicatorValues = z.infer<typeof indicatorValues>;

/** Query of GET /commission-by-origin-period: origin periods from `from` to `to`, both included; all when left out. */
export const commissionPeriodQuery = z.strictObject({
  from: period.optional(),
  to: period.optional(),
  channel: channelCode.optional(),
  partnerId: uuid.optional(),
});

/**
 * Earned and reversed since ever for orders of that period; adjusted by documents named after it; matured is net of
 * what was reversed after maturity.
 */
export const commissionPeriodRow = z.object({
  originPeriod: period,
  currency,
  earnedMinor: z.number().int(),
  reversedMinor: z.number().int(),
  adjustedMinor: z.number().int(),
  maturedMinor: z.number().int(),
});
export const commissionByPeriod = z.object({ rows: z.array(commissionPeriodRow) });
