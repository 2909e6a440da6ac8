import { MoneyRangeError } from './money.errors';

/** A signed amount in minor units of its currency (cents, fen, yen): always a safe integer, never -0. */
export type Minor = number;

/** The largest magnitude an amount may have: 2^53 - 1. */
export const MAX_MINOR: Minor = Number.MAX_SAFE_INTEGER;

const INTEGER_TEXT = /^[+-]?\d+$/;

/**
 * Reads an amount as a driver, a wire format or a computation hands it over.
 * @param value minor units: a safe integer, a bigint, or a string of decimal digits with an optional sign
 * @param field named in the error
 * @throws MoneyRangeError when it is not an integer or its magnitude exceeds {@link MAX_MINOR}
 */
export function toMinor(value: string | number | bigint, field = 'amount'): Minor {
  // A string above 2^53 may round on its way to a number, but only to another unsafe number: it is refused all the same.
  const integer = typeof value === 'string' ? (INTEGER_TEXT.test(value) ? Number(value) : NaN) : Number(value);
  if (Number.isSafeInteger(integer)) return integer + 0; // + 0 turns -0 into 0
  throw new MoneyRangeError(field, `${describe(value)} is not an integer amount of minor units within ±${MAX_MINOR}`);
}

/** a + b. @throws MoneyRangeError when the sum, or either part, leaves the safe range */
export function addMinor(a: Minor, b: Minor, field = 'sum'): Minor {
  // Two safe integers add up exactly whenever the result is safe, so no bigint is needed here.
  return toMinor(toMinor(a, field) + toMinor(b, field), field);
}

/** a - b. @throws MoneyRangeError when the difference, or either part, leaves the safe range */
export function subMinor(a: Minor, b: Minor, field = 'difference'): Minor {
  return toMinor(toMinor(a, field) - toMinor(b, field), field);
}

/** The same amount the other way round; never -0, which would not survive a strict comparison or a hash. */
export function negMinor(amount: Minor): Minor {
  return 0 - amount;
}

/**
 * The sum of a list; partial sums may leave the safe range as long as the result does not.
 * @throws MoneyRangeError when an item is not a safe integer or the result leaves the range
 */
export function sumMinor(amounts: Iterable<Minor>, field = 'sum'): Minor {
  let exact = 0n;
  // Items are gathered in a plain number while that stays exact: bigint additions cost far more.
  let run = 0;
  for (const amount of amounts) {
    const next = run + toMinor(amount, field);
    if (Number.isSafeInteger(next)) {
      run = next;
    } else {
      exact += BigInt(run) + BigInt(amount);
      run = 0;
    }
  }
  return exact === 0n ? run : toMinor(exact + BigInt(run), field);
}

function describe(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 40)) : String(value);
}
