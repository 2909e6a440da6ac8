import { z } from 'zod';
import { businessDate, instant, period, uuid } from '../primitives';

/** OPEN takes postings; CLOSING still does while a second person looks at it; CLOSED never again; SEALED once every statement of it is approved. */
export const periodState = z.enum(['OPEN', 'CLOSING', 'CLOSED', 'SEALED']);

export const periodRow = z.object({
  id: period,
  period,
  state: periodState,
  startsAt: instant,
  endsAt: instant,
  /** Who started closing it and who closed it; null where it closed by itself. */
  closingStartedBy: uuid.nullable(),
  closedBy: uuid.nullable(),
  closedAt: instant.nullable(),
  overrideReason: z.string().nullable(),
  /** Over the ids and fingerprints of all its statements; null before SEALED. */
  seal: z.string().nullable(),
  /** Statements that count: of several revisions the last. */
  statements: z.number().int(),
  /** Why it may not be closed yet; empty when it may. */
  obstacles: z.array(
    z.object({
      code: z.string(),
      message: z.string(),
      /** Of not_sealed: the first four days that are not complete, with the channels that are missing. */
      days: z.array(z.object({ businessDate, channels: z.array(z.string()) })).optional(),
      /** Whether the reason of the start covers it: what has come up since needs another. */
      excused: z.boolean(),
    }),
  ),
});
export const periodList = z.object({ data: z.array(periodRow) });
/** Starting to close, and closing. With `override`, what speaks against it gives way to this reason, except that the period has not ended. */
export const closePeriodInput = z.strictObject({ override: z.string().trim().min(5).max(500).optional() });
export const rebuildResult = z.object({ rebuilt: z.number().int(), stillParked: z.number().int() });
