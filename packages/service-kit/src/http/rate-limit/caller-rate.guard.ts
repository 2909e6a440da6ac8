import { type ExecutionContext, Injectable } from '@nestjs/common';
import { Throttle, ThrottlerGuard, type ThrottlerLimitDetail } from '@nestjs/throttler';
import type { Request } from 'express';
import { operatorOf } from '../../auth/operator';
import { tooManyRequests } from './rate-limits';

/** At most `limit` calls of a route within `seconds`, per operator or, when nobody is signed in, per address. */
export const RateLimit = (limit: number, seconds: number) =>
  Throttle({ default: { limit, ttl: seconds * 1000, blockDuration: seconds * 1000 } });

/** Runs after the access guard: a caller is an operator, and only without one an address. */
@Injectable()
export class CallerRateGuard extends ThrottlerGuard {
  protected override shouldSkip(context: ExecutionContext): Promise<boolean> {
    return Promise.resolve(context.getType() !== 'http');
  }

  protected override getTracker(request: Request): Promise<string> {
    // The address is the socket's unless a proxy named in TRUSTED_PROXIES vouches for another one.
    return Promise.resolve(operatorOf(request)?.id ?? `address:${request.ip ?? 'unknown'}`);
  }

  protected override throwThrottlingException(_: ExecutionContext, detail: ThrottlerLimitDetail): Promise<void> {
    return Promise.reject(tooManyRequests(detail.timeToBlockExpire));
  }
}
