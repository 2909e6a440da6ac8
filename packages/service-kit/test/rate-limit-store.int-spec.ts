import { randomUUID } from 'node:crypto';
import { serverUrls } from '@concentric/testing';
import { MemoryRateLimitStore } from '../src/http/rate-limit/memory-rate-limit-store';
import type { RateLimitStore } from '../src/http/rate-limit/rate-limit-store';
import { RedisRateLimitStore } from '../src/http/rate-limit/redis-rate-limit-store';

const now = () => Date.now();

/** What both stores must do; `make` gives two handles on one budget where the store can share it. */
function conformance(make: () => Promise<{ store: RateLimitStore; close: () => void }>) {
  let made: Awaited<ReturnType<typeof make>> | undefined;
  beforeEach(async () => {
    made = await make();
  });
  afterEach(() => made?.close());
  const hit = (key: string, limit: number, ttl = 60_000) => {
    if (made === undefined) throw new Error('there is no store');
    return made.store.increment(key, ttl, limit, ttl, 'default');
  };

  it('counts up to the limit and blocks what is beyond it', async () => {
    const key = randomUUID();
    const records = [await hit(key, 2), await hit(key, 2), await hit(key, 2)];
    expect(records.map(({ totalHits, isBlocked }) => [totalHits, isBlocked])).toEqual([
      [1, false],
      [2, false],
      [3, true],
    ]);
    expect(records[2]?.timeToBlockExpire).toBeGreaterThan(50);
    expect(records[2]?.timeToBlockExpire).toBeLessThanOrEqual(60);
  });

  it('counts keys apart', async () => {
    const key = randomUUID();
    await hit(key, 1);
    expect((await hit(`${key}-other`, 1)).isBlocked).toBe(false);
  });

  it('loses no hit when many arrive at once', async () => {
    const key = randomUUID();
    const records = await Promise.all(Array.from({ length: 200 }, () => hit(key, 100)));
    expect(records.filter(({ isBlocked }) => !isBlocked)).toHaveLength(100);
  });

  it('begins anew when the window is over', async () => {
    const key = randomUUID();
    await hit(key, 1, 50);
    expect((await hit(key, 1, 50)).isBlocked).toBe(true);
    let record = await hit(key, 1, 50);
    for (let tries = 0; record.isBlocked && tries < 200; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      record = await hit(key, 1, 50);
    }
    expect(record.totalHits).toBe(1);
  });
}

describe('limits in memory', () => {
  conformance(async () => ({ store: new MemoryRateLimitStore(now), close: () => undefined }));

  it('stays bounded when addresses are forged', async () => {
    const store = new MemoryRateLimitStore(now);
    for (let index = 0; index < 250_000; index += 1) await store.increment(String(index), 60_000, 1);
    expect(store.size).toBeLessThanOrEqual(100_000);
  });
});

describe('limits while Redis is down', () => {
  conformance(async () => {
    const store = new RedisRateLimitStore('redis://127.0.0.1:9', now);
    return { store, close: () => store.onModuleDestroy() };
  });
});

const redisUrl = serverUrls.redis;
(redisUrl === undefined ? describe.skip : describe)('limits in Redis (TEST_REDIS_URL)', () => {
  /** A store that is not left trying when the server is not there. */
  async function connected(prefix: string): Promise<RedisRateLimitStore> {
    const store = new RedisRateLimitStore(redisUrl ?? '', now, prefix);
    try {
      await store.whenReady();
      return store;
    } catch (error) {
      store.onModuleDestroy();
      throw error;
    }
  }

  conformance(async () => {
    const store = await connected(`test:${randomUUID()}:`);
    return { store, close: () => store.onModuleDestroy() };
  });

  it('share one budget between replicas', async () => {
    const prefix = `test:${randomUUID()}:`;
    const replicas = [await connected(prefix), await connected(prefix)] as const;
    await replicas[0].increment('caller', 60_000, 1);
    expect((await replicas[1].increment('caller', 60_000, 1)).isBlocked).toBe(true);
    replicas.forEach((replica) => replica.onModuleDestroy());
  });
});
