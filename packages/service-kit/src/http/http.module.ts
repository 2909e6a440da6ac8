import { Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE, DiscoveryModule } from '@nestjs/core';
import { ThrottlerModule } from '@nestjs/throttler';
import { AuditController } from '../audit/audit.controller';
import { AuditLog } from '../audit/audit-log.service';
import { Audit } from '../audit/audit.service';
import { AccessGuard } from '../auth/access.guard';
import { TokenVerifier } from '../auth/token-verifier';
import { SERVICE_CONFIG } from '../config/service-config.token';
import { SystemClock } from '../clock/clock';
import type { ServiceConfig } from '../config/service.config';
import { Metrics } from '../observability/metrics';
import { OpsController } from '../observability/ops.controller';
import { Readiness } from '../observability/readiness';
import { PersonalData } from '../pii/personal-data';
import { BodyInterceptor } from './body.interceptor';
import { HTTP_CONFIG, type HttpConfig, httpConfig } from './http.config';
import { Idempotency } from './idempotency/idempotency.service';
import { ProblemFilter } from './problem.filter';
import { CallerRateGuard } from './rate-limit/caller-rate.guard';
import { MemoryRateLimitStore } from './rate-limit/memory-rate-limit-store';
import { RATE_LIMIT_STORE, type RateLimitStore } from './rate-limit/rate-limit-store';
import { RateLimits } from './rate-limit/rate-limits';
import { RedisRateLimitStore } from './rate-limit/redis-rate-limit-store';
import { RouteCheck } from './route-check';
import { ValidationPipe } from './validation.pipe';

// Tokens expire and limits run in real time, whatever moment a replay simulates.
const realTime = new SystemClock();
const now = () => realTime.now();

@Global()
@Module({
  providers: [
    { provide: HTTP_CONFIG, useFactory: () => httpConfig() },
    {
      provide: RATE_LIMIT_STORE,
      inject: [SERVICE_CONFIG],
      useFactory: (config: ServiceConfig) =>
        config.redisUrl === undefined
          ? new MemoryRateLimitStore(now)
          : new RedisRateLimitStore(config.redisUrl, now, `concentric:rate:${config.service}:`),
    },
    RateLimits,
  ],
  exports: [HTTP_CONFIG, RATE_LIMIT_STORE, RateLimits],
})
class RateLimitModule {}

/**
 * What every service needs to be spoken to: guards, checks of input, errors as problems, rate limits, idempotency,
 * audit, personal data, metrics and probes. Needs SERVICE_CONFIG, Clock and Database from a global module.
 */
@Global()
@Module({
  imports: [
    DiscoveryModule,
    RateLimitModule,
    ThrottlerModule.forRootAsync({
      inject: [HTTP_CONFIG, RATE_LIMIT_STORE],
      useFactory: (config: HttpConfig, storage: RateLimitStore) => ({
        throttlers: [{ name: 'default', limit: config.rateLimitPerMinute, ttl: 60_000 }],
        storage,
      }),
    }),
  ],
  controllers: [OpsController, AuditController],
  providers: [
    Audit,
    AuditLog,
    Idempotency,
    Readiness,
    RouteCheck,
    { provide: Metrics, inject: [SERVICE_CONFIG], useFactory: (config: ServiceConfig) => new Metrics(config.service) },
    { provide: PersonalData, inject: [SERVICE_CONFIG], useFactory: (config: ServiceConfig) => new PersonalData(config.piiKey) },
    {
      provide: TokenVerifier,
      inject: [SERVICE_CONFIG],
      useFactory: (config: ServiceConfig) => new TokenVerifier(config.issuer, config.keySetUrl, now),
    },
    { provide: APP_FILTER, useClass: ProblemFilter },
    // In this order: who is it, then how often.
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_GUARD, useClass: CallerRateGuard },
    { provide: APP_INTERCEPTOR, useClass: BodyInterceptor },
    { provide: APP_PIPE, useClass: ValidationPipe },
  ],
  exports: [Audit, Idempotency, Readiness, Metrics, PersonalData, TokenVerifier, RateLimitModule],
})
export class HttpModule {}
