import type { IndicatorQuery, IndicatorRow } from '@concentric/contracts';

/** An interval of dates, half-open, and the label its facts are grouped by: the empty text for the whole. */
export interface Interval {
  readonly label: string;
  readonly from: string;
  readonly to: string;
}

/** What was added up in one interval, by name; `facts` is the number of rows behind it. */
export interface Sums {
  readonly facts: number;
  readonly parts: Readonly<Record<string, number>>;
}

const DAY_MS = 86_400_000;
const dateOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const nextDay = (date: string): string => dateOf(Date.parse(date) + DAY_MS);
const nextMonth = (date: string): string => dateOf(Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)), 1));

/** Whether it is a date of the calendar, which `2026-02-30` is not. */
export function isDate(date: string): boolean {
  const ms = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(ms) && dateOf(ms) === date;
}

/** The intervals between two dates: the whole, or its months or days; a first or last month is cut to size. */
export function intervalsOf(from: string, to: string, granularity: IndicatorQuery['granularity']): Interval[] {
  if (granularity === 'total') return [{ label: '', from, to }];
  const intervals: Interval[] = [];
  for (let start = from; start < to;) {
    const next = granularity === 'day' ? nextDay(start) : nextMonth(start);
    const end = next < to ? next : to;
    intervals.push({ label: granularity === 'day' ? start : start.slice(0, 7), from: start, to: end });
    start = end;
  }
  return intervals;
}

/** Net sales of an interval: paid less refunded, null where nothing is known of it. */
export function netSales({ from, to }: Interval, sums: Sums | undefined): IndicatorRow {
  if (!sums || sums.facts === 0) return { from, to, value: null, reason: 'no_data', numerator: null, denominator: null, parts: {} };
  const value = (sums.parts['paidMinor'] ?? 0) - (sums.parts['refundedMinor'] ?? 0);
  return { from, to, value, reason: null, numerator: value, denominator: null, parts: sums.parts };
}

/**
 * Effective commission rate: what has matured (less what was reversed after that) of the commissionable net sales.
 * Without sales there is nothing to divide by; while nothing has matured of what was earned, the rate is not known
 * yet. `pendingMinor` says how much is still in its holding period when the rate is.
 */
export function commissionRate({ from, to }: Interval, sums: Sums | undefined): IndicatorRow {
  const part = (name: string): number => sums?.parts[name] ?? 0;
  const numerator = part('maturedMinor') - part('maturedReversedMinor');
  const denominator = part('commissionableMinor') - part('commissionableRefundedMinor');
  const pendingMinor = part('earnedMinor') - part('reversedMinor') - numerator;
  const parts = { ...sums?.parts, pendingMinor };
  if (denominator === 0) return { from, to, value: null, reason: 'zero_denominator', numerator, denominator, parts };
  if (part('maturedMinor') === 0 && pendingMinor > 0) return { from, to, value: null, reason: 'immature', numerator, denominator, parts };
  return { from, to, value: numerator / denominator, reason: null, numerator, denominator, parts };
}

/** Adds up sums of several sources by the label of their interval. */
export function joined(sources: readonly ReadonlyMap<string, Sums>[]): Map<string, Sums> {
  const result = new Map<string, Sums>();
  for (const source of sources) {
    for (const [label, { facts, parts }] of source) {
      const before = result.get(label);
      result.set(label, { facts: facts + (before?.facts ?? 0), parts: { ...before?.parts, ...parts } });
    }
  }
  return result;
}
