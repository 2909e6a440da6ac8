import { int, intOrNull } from './int';

/** An instant as drivers deliver it, or as code counts it (epoch ms), as ISO-8601 UTC text with milliseconds. @throws RangeError as `int` does */
export function iso(value: unknown): string {
  return new Date(int(value)).toISOString();
}

/** As `iso`; null and undefined stay null. */
export function isoOrNull(value: unknown): string | null {
  const at = intOrNull(value);
  return at === null ? null : iso(at);
}
