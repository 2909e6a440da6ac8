import { toMinor, type Minor } from './minor';
import { MoneyRangeError } from './money.errors';
import { scaleTowardsZero } from './quotient';

/** A rate in parts per million: a non-negative safe integer; 30_000 is 3 %, and more than 100 % is allowed. */
export type Ppm = number;

/** 100 %. */
export const PPM_ONE: Ppm = 1_000_000;

/** Reads a rate. @throws MoneyRangeError when it is not a non-negative integer of parts per million */
export function toPpm(value: string | number | bigint, field = 'rate'): Ppm {
  const ppm = toMinor(value, field);
  if (ppm < 0) throw new MoneyRangeError(field, `${ppm} ppm is negative; a rate is 0 or more`);
  return ppm;
}

/**
 * The share of a base at a rate: floor(|base| * ppm / 10^6) with the sign of the base (invariant 3).
 * The residue is nobody's share: it stays with the house account.
 * @throws MoneyRangeError when base or rate is not what its type promises, or the share leaves the safe range
 */
export function shareOf(baseMinor: Minor, ppm: Ppm): Minor {
  if (!Number.isSafeInteger(baseMinor)) toMinor(baseMinor, 'base');
  if (!Number.isSafeInteger(ppm) || ppm < 0) toPpm(ppm);
  return scaleTowardsZero(baseMinor, ppm, PPM_ONE, 'share');
}

/**
 * numerator / denominator in ppm, floored on magnitude; negative when exactly one of the two is.
 * The result is signed because an indicator may divide a loss; it is not a rate to pay by.
 * @throws MoneyRangeError when the denominator is 0 (say why there is no figure instead) or the result leaves the safe range
 */
export function ratioPpm(numerator: Minor, denominator: Minor): number {
  const [above, below] = [toMinor(numerator, 'numerator'), toMinor(denominator, 'denominator')];
  if (below === 0) throw new MoneyRangeError('denominator', 'is 0; there is no ratio');
  return below < 0 ? scaleTowardsZero(0 - above, PPM_ONE, -below, 'ratio') : scaleTowardsZero(above, PPM_ONE, below, 'ratio');
}

/** A rate as an exact percentage without trailing zeros: 30_000 is `3%`, 1 is `0.0001%`. Also takes a signed ratio. */
export function rateText(ppm: number): string {
  const checked = toMinor(ppm, 'rate');
  const magnitude = Math.abs(checked);
  const whole = Math.floor(magnitude / 10_000);
  const fraction = String(magnitude % 10_000)
    .padStart(4, '0')
    .replace(/0+$/, '');
  return `${checked < 0 ? '-' : ''}${whole}${fraction && '.'}${fraction}%`;
}
