import { sumMinor, toMinor, type Minor } from './minor';
import { shareOf, type Ppm } from './rate';

/**
 * What the shares of one item may cost together: min(base at the budget rate, margin snapshot) (invariant 6).
 * An item sold at a loss allows nothing, rather than less than nothing: paying no share never breaches.
 * @param marginMinor margin from the cost captured with the order; leave it out where no cost is known
 */
export function budgetOf(baseMinor: Minor, budgetPpm: Ppm, marginMinor?: Minor): Minor {
  const byRate = shareOf(baseMinor, budgetPpm);
  const cap = marginMinor === undefined ? byRate : Math.min(byRate, toMinor(marginMinor, 'margin'));
  return Math.max(0, cap);
}

/** Whether the shares fit the budget. A breach is held with a reason by the caller; nothing is ever clipped to fit. */
export function fitsBudget(shares: Iterable<Minor>, budget: Minor): boolean {
  return sumMinor(shares, 'shares') <= budget;
}
