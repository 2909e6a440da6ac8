import { MAX_MINOR, toMinor, type Minor } from './minor';

/**
 * amount * numerator / denominator, cut towards zero: the magnitude is floored and the sign of `amount` kept.
 * Callers pass safe integers with numerator >= 0 and denominator > 0; this file is internal to the package.
 * @throws MoneyRangeError when the result leaves the safe range
 */
export function scaleTowardsZero(amount: Minor, numerator: number, denominator: number, field: string): Minor {
  const magnitude = amount < 0 ? -amount : amount;
  const product = magnitude * numerator;
  // While product + denominator fits 53 bits the product is exact, and the nearest double to an inexact quotient
  // cannot reach the next integer k (that would need k * denominator > 2^53). Beyond, exact integers take over.
  const quotient =
    product <= MAX_MINOR - denominator
      ? Math.floor(product / denominator)
      : toMinor((BigInt(magnitude) * BigInt(numerator)) / BigInt(denominator), field);
  return amount < 0 ? 0 - quotient : quotient;
}
