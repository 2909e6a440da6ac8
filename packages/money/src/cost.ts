import type { Minor } from './minor';

/**
 * What one piece cost on a date, in minor units: the newest cost that had begun by then (inv 7); null when none had.
 * @param costs by the date (YYYY-MM-DD) from which each counts
 */
export function unitCostOn(costs: ReadonlyMap<string, Minor>, date: string): Minor | null {
  const newest = [...costs.keys()]
    .filter((from) => from <= date)
    .sort()
    .at(-1);
  return newest === undefined ? null : costs.get(newest)!;
}
