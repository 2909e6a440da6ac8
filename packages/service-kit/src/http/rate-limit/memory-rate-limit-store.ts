import { type RateLimitRecord, rateLimitRecord, type RateLimitStore } from './rate-limit-store';

/** More keys than this are only seen in an attack with forged addresses; then the oldest windows are forgotten. */
const mostKeys = 100_000;

/**
 * Windows in this process. The store that comes with the framework arms one timer per hit, which costs more than the
 * request at our rates; here windows are looked at when they are used and swept when there are many.
 */
export class MemoryRateLimitStore implements RateLimitStore {
  private readonly windows = new Map<string, { hits: number; endsAt: number }>();

  constructor(private readonly now: () => number) {}

  /** Windows remembered at the moment. */
  get size(): number {
    return this.windows.size;
  }

  increment(key: string, ttl: number, limit: number): Promise<RateLimitRecord> {
    const now = this.now();
    let window = this.windows.get(key);
    if (window === undefined || window.endsAt <= now) {
      this.windows.delete(key);
      if (this.windows.size >= mostKeys) this.sweep(now);
      window = { hits: 0, endsAt: now + ttl };
      this.windows.set(key, window);
    }
    window.hits += 1;
    return Promise.resolve(rateLimitRecord(window.hits, limit, window.endsAt - now));
  }

  private sweep(now: number): void {
    for (const [key, window] of this.windows) if (window.endsAt <= now) this.windows.delete(key);
    // A tenth at once: making room for one at a time would walk over all of them at every hit.
    for (const key of this.windows.keys()) {
      if (this.windows.size < mostKeys * 0.9) return;
      this.windows.delete(key);
    }
  }
}
