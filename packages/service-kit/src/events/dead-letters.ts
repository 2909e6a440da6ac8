import type { Event } from '@concentric/contracts';
import { Injectable } from '@nestjs/common';
import { Database } from '../database/database';
import { idIn, idOut } from '../database/ids';
import { int, intOrNull } from '../database/int';
import { iso } from '../database/iso';
import { execute } from '../database/rows';
import { DomainError, notFound } from '../http/domain.errors';

import { ConsumerInboxes } from './consumer-inboxes';

/** An event that a consumer of this service gave up on. Instants are ISO 8601. */
export interface DeadLetter {
  readonly id: string;
  readonly consumer: string;
  readonly messageId: string;
  readonly eventId: string;
  readonly type: string;
  readonly state: 'dead' | 'replayed';
  readonly errorName: string;
  readonly errorMessage: string;
  readonly attempts: number;
  readonly deadAt: string;
  readonly replayedAt: string | null;
  /** Only when one letter is shown: the event as it travelled, and where the error came from. */
  readonly body?: string;
  readonly errorStack?: string;
}

export interface DeadLetterQuery {
  readonly consumer?: string | undefined;
  readonly state?: 'dead' | 'replayed' | undefined;
  /** At most 500. */
  readonly limit?: number | undefined;
  /** Id of the last letter of the page before; newest first. */
  readonly before?: string | undefined;
}

type Row = Record<string, unknown> & { dead_letter_id: Uint8Array; message_id: Uint8Array };

const listed = 'dead_letter_id, consumer, message_id, event_id, type, error_name, error_message, attempts, state, dead_at, replayed_at';

/** What could not be consumed, for an operator to look at and to try again once the cause is gone. */
@Injectable()
export class DeadLetters {
  constructor(
    private readonly database: Database,
    private readonly inboxes: ConsumerInboxes,
  ) {}

  async list(query: DeadLetterQuery = {}): Promise<DeadLetter[]> {
    const where = ['state = ?'];
    const params: unknown[] = [query.state ?? 'dead'];
    if (query.consumer !== undefined) {
      where.push('consumer = ?');
      params.push(query.consumer);
    }
    if (query.before !== undefined) {
      where.push('dead_letter_id < ?');
      params.push(idIn(query.before));
    }
    params.push(Math.max(1, Math.min(query.limit ?? 100, 500)));
    const sql = `SELECT ${listed} FROM dead_letter WHERE ${where.join(' AND ')} ORDER BY dead_letter_id DESC LIMIT ?`;
    const rows = await this.database.read((tx) => tx.query<Row[]>(sql, params));
    return rows.map(toDeadLetter);
  }

  /** @throws DomainError dead_letter_not_found */
  async show(id: string): Promise<DeadLetter> {
    const rows = await this.database.read((tx) =>
      tx.query<Row[]>(`SELECT ${listed}, body, error_stack FROM dead_letter WHERE dead_letter_id = ?`, [idIn(id)]),
    );
    const [row] = rows;
    if (!row) throw notFound('dead_letter', id);
    return { ...toDeadLetter(row), body: String(row['body']), errorStack: String(row['error_stack']) };
  }

  async count(): Promise<number> {
    const rows = await this.database.read((tx) => tx.query<{ n: unknown }[]>("SELECT COUNT(*) AS n FROM dead_letter WHERE state = 'dead'"));
    return int(rows[0]?.n ?? 0);
  }

  /**
   * Hands one event, or every dead one, to its consumer again: effect and mark in one transaction, so it takes
   * effect once however often it is asked for. Nothing is retried; what fails again stays dead with its new error.
   */
  async replay(id: string | 'all'): Promise<{ replayed: number; failed: number }> {
    let replayed = 0;
    let failed = 0;
    for await (const letter of id === 'all' ? this.everyDead() : [await this.show(id)]) {
      const error = await this.replayOne(letter).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      if (error === undefined) replayed += 1;
      else {
        failed += 1;
        await this.note(letter.id, error);
        if (id !== 'all') throw stillFailing(error);
      }
    }
    return { replayed, failed };
  }

  private async replayOne(letter: DeadLetter): Promise<void> {
    const inbox = this.inboxes.of(letter.consumer);
    const event: Event = JSON.parse((letter.body === undefined ? await this.show(letter.id) : letter).body ?? 'null');
    await inbox.replay(event, async (tx) => {
      const sql = "UPDATE dead_letter SET state = 'replayed', replayed_at = ? WHERE dead_letter_id = ? AND state = 'dead'";
      return (await execute(tx, sql, [Date.now(), idIn(letter.id)])) === 1;
    });
  }

  private async note(id: string, error: unknown): Promise<void> {
    const [name, message] = error instanceof Error ? [error.name, error.message] : ['Error', String(error)];
    const sql = 'UPDATE dead_letter SET error_name = ?, error_message = ?, attempts = attempts + 1 WHERE dead_letter_id = ?';
    await this.database.transaction((tx) => tx.query(sql, [name.slice(0, 100), message.slice(0, 4_000), idIn(id)]));
  }

  private async *everyDead(): AsyncGenerator<DeadLetter> {
    let before: string | undefined;
    for (;;) {
      const page = await this.list({ before, limit: 100 });
      yield* page;
      before = page.at(-1)?.id;
      if (page.length < 100) return;
    }
  }
}

const stillFailing = (error: unknown) =>
  new DomainError({
    code: 'dead_letter_still_failing',
    status: 409,
    title: 'The consumer refused the event again',
    detail: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
  });

function toDeadLetter(row: Row): DeadLetter {
  const replayedAt = intOrNull(row['replayed_at']);
  return {
    id: idOut(row.dead_letter_id),
    consumer: String(row['consumer']),
    messageId: idOut(row.message_id),
    eventId: String(row['event_id']),
    type: String(row['type']),
    state: row['state'] === 'replayed' ? 'replayed' : 'dead',
    errorName: String(row['error_name']),
    errorMessage: String(row['error_message']),
    attempts: int(row['attempts']),
    deadAt: iso(row['dead_at']),
    replayedAt: replayedAt === null ? null : new Date(replayedAt).toISOString(),
  };
}
