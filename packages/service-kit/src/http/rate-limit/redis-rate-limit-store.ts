import { once } from 'node:events';
import { Logger, type OnModuleDestroy } from '@nestjs/common';
import { Redis } from 'ioredis';
import { MemoryRateLimitStore } from './memory-rate-limit-store';
import { type RateLimitRecord, rateLimitRecord, type RateLimitStore } from './rate-limit-store';

// One round trip and no window without an end, even when the process dies in between.
const script = `local hits = redis.call('INCR', KEYS[1])
local left = redis.call('PTTL', KEYS[1])
if left < 0 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) left = tonumber(ARGV[1]) end
return {hits, left}`;

/**
 * Windows shared by all replicas. When Redis does not answer, this process counts in its own memory: a limit then
 * holds per replica instead of overall, and nobody is locked out because a cache is down.
 */
export class RedisRateLimitStore implements RateLimitStore, OnModuleDestroy {
  private readonly logger = new Logger('rate-limit');
  private readonly redis: Redis;
  private readonly fallback: MemoryRateLimitStore;
  private complainedAt = 0;

  constructor(
    url: string,
    private readonly now: () => number,
    private readonly prefix = 'concentric:rate:',
  ) {
    this.fallback = new MemoryRateLimitStore(now);
    this.redis = new Redis(url, {
      // Commands fail at once while disconnected instead of queueing up: the fallback answers.
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      commandTimeout: 250,
      connectTimeout: 2_000,
      retryStrategy: (attempt) => Math.min(attempt * 200, 5_000),
    });
    this.redis.on('error', (error: Error) => this.complain(error));
  }

  async increment(key: string, ttl: number, limit: number): Promise<RateLimitRecord> {
    try {
      const [hits, left] = (await this.redis.eval(script, 1, this.prefix + key, ttl)) as [number, number];
      return rateLimitRecord(hits, limit, left);
    } catch (error) {
      this.complain(error);
      return this.fallback.increment(key, ttl, limit);
    }
  }

  /** Resolves once Redis takes commands; until then the fallback counts. @throws Error when it does not within `patience` milliseconds */
  async whenReady(patience = 5_000): Promise<void> {
    if (this.redis.status === 'ready') return;
    await once(this.redis, 'ready', { signal: AbortSignal.timeout(patience) });
  }

  onModuleDestroy(): void {
    this.redis.disconnect();
  }

  private complain(error: unknown): void {
    if (this.now() - this.complainedAt < 60_000) return;
    this.complainedAt = this.now();
    this.logger.warn({
      msg: 'redis does not answer: limits hold per process',
      reason: error instanceof Error ? error.message : String(error),
    });
  }
}
