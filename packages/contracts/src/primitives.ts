import { z } from 'zod';

/** A UUID in canonical text form. */
export const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, 'must be a UUID');
/** Signed amount in minor units; anything outside the safe-integer range is refused here, at the boundary. */
export const minor = z.number().int();
/** Amount in minor units that may not be negative. */
export const positiveMinor = z.number().int().min(0);
/** ISO 4217 code. */
export const currency = z.string().regex(/^[A-Z]{3}$/, 'must be a three-letter ISO 4217 code');
/** Parts per million. */
export const ppm = z.number().int().min(0).max(1_000_000);
/** UTC instant, ISO 8601 with milliseconds: `2026-01-31T08:00:00.000Z`. */
export const instant = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/, 'must be a UTC instant like 2026-01-31T08:00:00.000Z');
/** Calendar date in the brand's time zone. */
export const businessDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date like 2026-01-31');
/** Accounting period: a calendar month of the brand. */
export const period = z.string().regex(/^\d{4}-\d{2}$/, 'must be a month like 2026-01');
/** A name that customers choose for their own things: store codes, order numbers, SKUs. */
export const code = z.string().trim().min(1).max(64);

/** Name-based UUID namespaces: where a re-run must give the same id it is derived from the unique key. */
export const idNamespace = '6f1c9a52-3d0e-5b7a-9c41-7a3f0c9d2e11';
