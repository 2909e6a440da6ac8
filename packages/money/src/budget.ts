import { MAX_MINOR, toMinor, type Minor } from './minor';
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

/**
 * What a fixed amount per piece comes to. Beyond the safe range it is the largest amount there is, which no budget allows.
 * @param amount per piece, 0 or more
 * @param pieces 0 or more
 */
export function perPiece(amount: Minor, pieces: number): Minor {
  const exact = BigInt(toMinor(amount, 'fixed amount')) * BigInt(pieces);
  return exact > BigInt(MAX_MINOR) ? MAX_MINOR : Number(exact);
}

/**
 * Whether the shares fit the budget; shares beyond the safe range fit none. A breach is held with a reason by the
 * caller; nothing is ever clipped to fit.
 */
export function fitsBudget(shares: Iterable<Minor>, budget: Minor): boolean {
  let total = 0n;
  for (const share of shares) total += BigInt(toMinor(share, 'share'));
  return total <= BigInt(budget);
}
