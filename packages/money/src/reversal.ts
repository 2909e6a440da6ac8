import { toMinor, type Minor } from './minor';
import { MoneyRangeError } from './money.errors';
import { scaleTowardsZero } from './quotient';

/**
 * What must be reversed in all after refunds of `refundedTotal` out of `baseMinor`: floor(|earned| * R / B) with
 * the sign of `earned` (invariant 19). Book the difference to what was reversed before; rounding each refund on
 * its own would leave a residue. Never falls as R grows, never exceeds `earned`, and R = B gives exactly `earned`.
 * @param refundedTotal all refunds of the line so far: 0 up to the base, with the sign of the base
 * @throws MoneyRangeError when refunds run against the base or exceed it
 */
export function cumulativeReversal(earned: Minor, baseMinor: Minor, refundedTotal: Minor): Minor {
  toMinor(earned, 'earned');
  const base = Math.abs(toMinor(baseMinor, 'base'));
  const refunded = toMinor(baseMinor < 0 ? 0 - refundedTotal : refundedTotal, 'refunded');
  if (refunded < 0) throw new MoneyRangeError('refunded', `${refundedTotal} runs against the base ${baseMinor}`);
  if (refunded > base) throw new MoneyRangeError('refunded', `${refundedTotal} exceeds the base ${baseMinor}`);
  // Also keeps a line of base 0 (a fixed amount on a gift) away from a division by zero: nothing can be refunded of it.
  return refunded === 0 ? 0 : scaleTowardsZero(earned, refunded, base, 'reversed');
}
