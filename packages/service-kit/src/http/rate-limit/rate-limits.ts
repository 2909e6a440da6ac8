import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '../domain.errors';
import { RATE_LIMIT_STORE, type RateLimitStore } from './rate-limit-store';

/** 429 with the seconds to wait. */
export const tooManyRequests = (seconds: number) =>
  new DomainError({
    code: 'too_many_requests',
    status: 429,
    title: 'Too many requests, try again later',
    retryAfter: Math.max(1, seconds),
  });

/** Limits on what a route's address does not tell apart: attempts on one sign-in name, failures from one address. */
@Injectable()
export class RateLimits {
  constructor(@Inject(RATE_LIMIT_STORE) private readonly store: RateLimitStore) {}

  /** Counts a hit. Raises `too_many_requests` (429) when there were more than `limit` within `seconds`. */
  async hit(key: string, limit: number, seconds: number): Promise<void> {
    const record = await this.store.increment(key, seconds * 1000, limit, seconds * 1000, 'hit');
    if (record.isBlocked) throw tooManyRequests(record.timeToBlockExpire);
  }
}
