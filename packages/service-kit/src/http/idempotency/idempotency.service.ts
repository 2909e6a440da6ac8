import { Injectable } from '@nestjs/common';
import { Clock } from '../../clock/clock';
import { Database, type Tx } from '../../database/database';
import { isDuplicateKey } from '../../database/database.errors';
import { idempotencyKeyReused, idempotencyKeyRunning } from './idempotency.errors';
import { inputHash, scopeHash } from './idempotency.rules';

/** One use of an Idempotency-Key: who, where, with which input. */
export interface IdempotencyUse {
  operatorId: string;
  /** Method and path. */
  route: string;
  key: string;
  body: unknown;
  /** Called when the answer is that of an earlier request. */
  onReplay?: () => void;
}

interface StoredAnswer {
  input_hash: Uint8Array;
  answer: string;
}

/**
 * Makes repeating a write safe: the key's row commits together with the effect, so there is an answer exactly when
 * there was an effect, also after a crash or when a cache was flushed. Rows are kept; keys do not expire.
 */
@Injectable()
export class Idempotency {
  private readonly running = new Set<string>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Does the work once per use of a key and returns its answer, which must survive JSON; a repetition with the same
   * input returns the first answer.
   * Raises `idempotency_key_reused` (422) for another input, `idempotency_key_running` (409) while the first request
   * is at work in this process. One at work in another process is waited for.
   */
  async run<T>(use: IdempotencyUse, work: (tx: Tx) => Promise<T>): Promise<T> {
    const scope = scopeHash(use);
    const input = inputHash(use.body);
    const name = scope.toString('hex');
    if (this.running.has(name)) throw idempotencyKeyRunning();
    this.running.add(name);
    try {
      const known = await this.database.read((tx) => find(tx, scope));
      if (known !== undefined) return replay<T>(known, input, use);
      return await this.first(scope, input, work);
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      // Another process may have been faster; any other duplicate is the work's own error.
      const known = await this.database.read((tx) => find(tx, scope));
      if (known === undefined) throw error;
      return replay<T>(known, input, use);
    } finally {
      this.running.delete(name);
    }
  }

  private first<T>(scope: Buffer, input: Buffer, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.database.transaction(async (tx) => {
      // First of all, so that a second process waits here instead of doing the work in vain.
      await tx.query('INSERT INTO idempotency (scope_hash, input_hash, answer, created_at) VALUES (?, ?, ?, ?)', [
        scope,
        input,
        '',
        this.clock.now(),
      ]);
      const answer = await work(tx);
      await tx.query('UPDATE idempotency SET answer = ? WHERE scope_hash = ?', [JSON.stringify(answer ?? null), scope]);
      return answer;
    });
  }
}

async function find(tx: Tx, scope: Buffer): Promise<StoredAnswer | undefined> {
  const rows: StoredAnswer[] = await tx.query('SELECT input_hash, answer FROM idempotency WHERE scope_hash = ?', [scope]);
  return rows[0];
}

function replay<T>(known: StoredAnswer, input: Buffer, use: IdempotencyUse): T {
  if (!input.equals(known.input_hash)) throw idempotencyKeyReused();
  use.onReplay?.();
  return JSON.parse(known.answer) as T;
}
