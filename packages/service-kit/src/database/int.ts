/**
 * An integer as drivers deliver it (number, decimal string or bigint) as a safe integer.
 * @throws RangeError naming the value when it is no integer or does not fit: better than a wrong amount
 */
export function int(value: unknown): number {
  const result =
    typeof value === 'string' && /^-?\d+(\.0+)?$/.test(value) ? Number(value) : typeof value === 'bigint' ? Number(value) : value;
  if (typeof result === 'number' && Number.isSafeInteger(result)) return result === 0 ? 0 : result;
  throw new RangeError(`${String(value)} is not an integer between -(2^53 - 1) and 2^53 - 1`);
}

/** As `int`; null and undefined stay null. */
export function intOrNull(value: unknown): number | null {
  return value === null || value === undefined ? null : int(value);
}
