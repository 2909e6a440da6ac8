import { importJWK, type JWK, type KeyLike } from 'jose';
import { z } from 'zod';
import { tokenAlgorithm } from './token.rules';

const keySetSchema = z.object({ keys: z.array(z.looseObject({ kty: z.string() })).max(50) });
const freshFor = 10 * 60_000;
const retryAfter = 5_000;

/**
 * Public keys by id, fetched from the key set address and kept: known keys go on working while the address is down.
 * An unknown id causes one fetch at a time and not more often than every few seconds, so that forged tokens cannot
 * turn us into a load on organization.
 */
export class KeySet {
  private keys = new Map<string, KeyLike | Uint8Array>();
  private readonly trusted = new Map<string, KeyLike | Uint8Array>();
  private fetchedAt = 0;
  private triedAt = 0;
  private fetching: Promise<void> | undefined;

  constructor(
    private readonly url: string,
    private readonly now: () => number,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  /** Whether any key is known: without one nobody can be verified, which is an outage and not the caller's fault. */
  get isEmpty(): boolean {
    return this.keys.size === 0 && this.trusted.size === 0;
  }

  /** Adds keys that need no fetching: the signer knows its own. */
  async trust(keys: readonly unknown[]): Promise<void> {
    for (const [id, key] of await imported(keySetSchema.parse({ keys }).keys)) this.trusted.set(id, key);
  }

  /** The key of that id, or undefined when it is unknown even after asking. */
  async find(id: string): Promise<KeyLike | Uint8Array | undefined> {
    const known = this.trusted.get(id) ?? this.keys.get(id);
    const now = this.now();
    if (known !== undefined) {
      // Refreshed behind the request: nobody waits for an address that may be down.
      if (this.keys.has(id) && now - this.fetchedAt > freshFor && now - this.triedAt > retryAfter) void this.refresh();
      return known;
    }
    if (this.fetching !== undefined || now - this.triedAt > retryAfter || (this.isEmpty && now - this.triedAt > 500)) await this.refresh();
    return this.trusted.get(id) ?? this.keys.get(id);
  }

  private refresh(): Promise<void> {
    this.fetching ??= this.fetch().finally(() => {
      this.fetching = undefined;
    });
    return this.fetching;
  }

  private async fetch(): Promise<void> {
    this.triedAt = this.now();
    try {
      const response = await fetch(this.url, { signal: AbortSignal.timeout(3_000), redirect: 'error' });
      if (!response.ok) throw new Error(`key set answered ${response.status}`);
      this.keys = await imported(keySetSchema.parse(await response.json()).keys);
      this.fetchedAt = this.now();
    } catch (error) {
      this.onFailure(error);
    }
  }
}

async function imported(keys: readonly JWK[]): Promise<Map<string, KeyLike | Uint8Array>> {
  const result = new Map<string, KeyLike | Uint8Array>();
  for (const key of keys) {
    if (key.kid === undefined || key.kty !== 'EC' || key.crv !== 'P-256' || key.d !== undefined) continue;
    result.set(key.kid, await importJWK(key, tokenAlgorithm));
  }
  return result;
}
