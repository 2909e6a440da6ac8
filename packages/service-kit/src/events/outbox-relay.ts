import { Database, type Tx } from '../database/database';
import { idIn, idOut } from '../database/ids';
import { int, intOrNull } from '../database/int';
import { rowLock, selectIn, updateRows } from '../database/rows';
import { crashPoint } from '../observability/crash-point.config';
import type { CommitSignal } from './commit-signal';
import { type EventTransport, type Message, UnroutableMessage } from './event-transport';
import { WakeableLoop } from './wakeable-loop';

const WINDOW = 64;
const POLL_MS = 500;
const UNROUTABLE_WAIT_MS = 2_000;

export interface RelayReport {
  relayed(messages: number): void;
  failed(type: string, error: unknown): void;
  stuck(error: unknown): void;
}

interface Claimed extends Message {
  readonly attempts: number;
}

/**
 * Carries outbox rows to the transport in order of insertion, many in flight at once, and marks
 * them when the transport says that they are safe. A crash in between delivers them again.
 */
export class OutboxRelay {
  private readonly loop: WakeableLoop;
  private readonly inFlight = new Set<string>();
  private readonly safe: string[] = [];
  private readonly refused: { message: Claimed; error: unknown }[] = [];
  private stopping = false;

  constructor(
    private readonly database: Database,
    private readonly transport: EventTransport,
    committed: CommitSignal,
    private readonly report: RelayReport,
  ) {
    // Replicas compete through row locks held while publishing. In one process there is no rival, and a
    // row that waits for a slow consumer must not hold up the rows behind it: a window in memory instead.
    const competing = database.dialect === 'mysql' && !transport.local;
    this.loop = new WakeableLoop(
      () => (competing ? this.relayLocked() : this.relayWindow()),
      POLL_MS,
      (error) => report.stuck(error),
    );
    committed.on('outbox', this.loop.wake);
  }

  start(): void {
    this.loop.start();
  }

  wake(): void {
    this.loop.wake();
  }

  /** Ends the pass in hand and records what is known to be safe; the rest is delivered again after the next start. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.loop.stop();
    await this.settle().catch((error) => this.report.stuck(error));
  }

  private async relayWindow(): Promise<boolean> {
    await this.settle();
    const free = WINDOW - this.inFlight.size;
    if (free <= 0 || this.stopping) return false;
    const messages = await this.database.read(async (tx) => {
      const due = await tx.query<{ message_id: Uint8Array }[]>(
        'SELECT message_id FROM outbox WHERE relayed_at IS NULL AND next_attempt_at <= ? ORDER BY position LIMIT ?',
        [Date.now(), WINDOW],
      );
      // Ids first: what is already in flight is not read again, and its body is the big part of the row.
      const fresh = due.filter((row) => !this.inFlight.has(idOut(row.message_id))).slice(0, free);
      return readMessages(
        tx,
        fresh.map((row) => row.message_id),
      );
    });
    for (const message of messages) {
      this.inFlight.add(message.id);
      this.transport
        .publish(message)
        .then(
          () => this.safe.push(message.id),
          (error: unknown) => this.refused.push({ message, error }),
        )
        .finally(this.loop.wake);
    }
    return false;
  }

  private async settle(): Promise<void> {
    const safe = this.safe.slice();
    const refused = this.refused.slice();
    if (safe.length + refused.length === 0) return;
    await this.database.transaction((tx) => this.mark(tx, safe, refused));
    this.safe.splice(0, safe.length);
    this.refused.splice(0, refused.length);
    for (const id of safe) this.inFlight.delete(id);
    for (const { message } of refused) this.inFlight.delete(message.id);
    this.tell(safe.length, refused);
  }

  private async relayLocked(): Promise<boolean> {
    if (this.stopping) return false;
    let claimed = 0;
    let safe: string[] = [];
    let refused: { message: Claimed; error: unknown }[] = [];
    await this.database.transaction(async (tx) => {
      const due = await tx.query<{ message_id: Uint8Array }[]>(
        `SELECT message_id FROM outbox WHERE relayed_at IS NULL AND next_attempt_at <= ? ORDER BY position LIMIT ? ${rowLock(tx, 'skip-locked')}`,
        [Date.now(), WINDOW],
      );
      const messages = await readMessages(
        tx,
        due.map((row) => row.message_id),
      );
      claimed = messages.length;
      safe = [];
      refused = [];
      await Promise.all(
        messages.map((message) =>
          this.transport.publish(message).then(
            () => safe.push(message.id),
            (error: unknown) => refused.push({ message, error }),
          ),
        ),
      );
      await this.mark(tx, safe, refused);
    });
    this.tell(safe.length, refused);
    return claimed === WINDOW && refused.length === 0;
  }

  private async mark(tx: Tx, safe: readonly string[], refused: readonly { message: Claimed; error: unknown }[]): Promise<void> {
    const now = Date.now();
    if (safe.length > 0) {
      crashPoint('published-unmarked');
      const ids = safe.map(idIn);
      await tx.query(`UPDATE outbox SET relayed_at = ? WHERE message_id IN (${ids.map(() => '?').join(', ')})`, [now, ...ids]);
    }
    if (refused.length > 0) {
      const rows = refused
        .map(({ message, error }) => [idIn(message.id), message.attempts + 1, now + UNROUTABLE_WAIT_MS, String(error).slice(0, 500)])
        .sort(([a], [b]) => Buffer.compare(a as Buffer, b as Buffer));
      await updateRows(tx, 'outbox', ['message_id'], ['attempts', 'next_attempt_at', 'last_error'], rows);
    }
  }

  private tell(relayed: number, refused: readonly { message: Claimed; error: unknown }[]): void {
    if (relayed > 0) this.report.relayed(relayed);
    for (const { message, error } of refused) this.report.failed(message.type, error);
    const outage = refused.find(({ error }) => !(error instanceof UnroutableMessage));
    if (outage) throw outage.error;
  }
}

async function readMessages(tx: Tx, ids: readonly Uint8Array[]): Promise<Claimed[]> {
  if (ids.length === 0) return [];
  const rows = await selectIn<{
    message_id: Uint8Array;
    position: unknown;
    type: string;
    events: unknown;
    body: string;
    attempts: unknown;
  }>(tx, 'SELECT message_id, position, type, events, body, attempts FROM outbox WHERE message_id IN (?in)', ids);
  return rows
    .sort((a, b) => int(a.position) - int(b.position))
    .map((row) => ({
      id: idOut(row.message_id),
      type: row.type,
      body: row.body,
      events: int(row.events),
      attempts: intOrNull(row.attempts) ?? 0,
    }));
}
