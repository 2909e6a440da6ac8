import type { ThrottlerStorage } from '@nestjs/throttler';

/**
 * Counts hits of a key in windows of `ttl` milliseconds; a key is blocked for the rest of its window once it has more
 * than `limit`. Two implementations run: in memory, and in Redis so that all replicas share one budget.
 */
export type RateLimitStore = ThrottlerStorage;
export const RATE_LIMIT_STORE = Symbol('RateLimitStore');
/** What a hit found; times are whole seconds. */
export type RateLimitRecord = Awaited<ReturnType<ThrottlerStorage['increment']>>;

/** The answer for a window with so many hits and so much time left. */
export function rateLimitRecord(hits: number, limit: number, millisecondsLeft: number): RateLimitRecord {
  const seconds = Math.max(1, Math.ceil(millisecondsLeft / 1000));
  const isBlocked = hits > limit;
  return { totalHits: hits, timeToExpire: seconds, isBlocked, timeToBlockExpire: isBlocked ? seconds : 0 };
}
