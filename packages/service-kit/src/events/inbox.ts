import type { Event } from '@concentric/contracts';
import { isDuplicateKey } from '../database/database.errors';
import { Database, type Tx } from '../database/database';
import { idIn, idOut } from '../database/ids';
import { int } from '../database/int';
import { insertRows, rowLock, selectIn, updateRows } from '../database/rows';
import { isDatabaseUnavailable } from '../http/database-unavailable.rules';
import { crashPoint } from '../observability/crash-point.config';
import type { ConsumerDeclaration } from './consumer.decorator';
import type { Message, Outcome } from './event-transport';
import { insertDeadLetters, type LostEvent } from './dead-letter.rows';
import { openMessage } from './open-message';
import type { RetryPolicy } from './retry-policy';

export type Handler = (events: Event[], tx: Tx) => Promise<void>;

export interface InboxReport {
  handled(consumer: string, events: number): void;
  duplicate(consumer: string, messages: number): void;
  retried(consumer: string, error: unknown): void;
  dead(consumer: string, events: number, error: unknown): void;
}

/** An event together with the message that brought it. */
interface Item {
  readonly message: string;
  readonly event: Event;
}

interface InboxRow {
  readonly done: boolean;
  /** Event ids still to be done; null when the message was never split. */
  readonly remaining: ReadonlySet<string> | null;
  readonly attempts: number;
}

/** One round of halving. */
interface Split {
  /** Event ids of each message. */
  readonly all: ReadonlyMap<string, ReadonlySet<string>>;
  readonly failures: Map<string, LostEvent[]>;
  /** Whether a failure that says it will pass may be waited for. */
  readonly patient: boolean;
}

/** The inbox rows themselves collided: somebody else handles, or has handled, one of these messages. */
class AlreadyKnown extends Error {}

/**
 * Exactly one effect per event and consumer: the inbox row commits with the effect. The usual batch
 * costs one insert. When a batch fails it is halved until what fails is alone; the inbox then
 * remembers per message which events are left, so that another delivery repeats nothing.
 */
export class Inbox {
  constructor(
    private readonly database: Database,
    private readonly consumer: ConsumerDeclaration,
    private readonly handler: Handler,
    private readonly policy: RetryPolicy,
    private readonly report: InboxReport,
  ) {}

  /** @throws when the database is not available; every other failure ends in an outcome */
  async handle(messages: readonly Message[]): Promise<Outcome[]> {
    // A message may be in one batch twice (given back and waiting copy): its events count once.
    const once = [...new Map(messages.map((message) => [message.id, message])).values()];
    const opened = once.map((message) => ({ message, ...openMessage(message, this.consumer) }));
    const items = opened.flatMap(({ message, events }) => events.map((event): Item => ({ message: message.id, event })));
    const lost = new Map<string, LostEvent[]>(opened.map(({ message, invalid }) => [message.id, invalid]));
    if (opened.every(({ invalid }) => invalid.length === 0)) {
      const verdict = await this.tryAll(
        once.map(({ id }) => id),
        items,
      );
      if (verdict === 'done') return messages.map(() => ({ done: true }));
      if (verdict instanceof Error) return this.handleSplit(messages, items, lost, verdict);
    }
    return this.handleSplit(messages, items, lost);
  }

  /** Runs one dead letter again; `mark` is part of the same transaction. @throws the handler's own error */
  async replay(event: Event, mark: (tx: Tx) => Promise<boolean>): Promise<boolean> {
    const definition = this.consumer.definitions.get(event.type);
    if (!definition) throw new Error(`${this.consumer.name} does not consume ${event.type}`);
    const valid = { ...event, data: definition.data.parse(event.data) };
    return this.database.transaction(async (tx) => {
      if (!(await mark(tx))) return false;
      await this.handler([valid], tx);
      return true;
    });
  }

  /** Gives up on whole messages that the broker would not deliver any more. */
  async bury(messages: readonly Message[], error: Error): Promise<void> {
    for (const message of messages) {
      const { events, invalid } = openMessage(message, this.consumer);
      const lost = [...invalid, ...events.map((event): LostEvent => ({ eventId: event.id, body: JSON.stringify(event), error }))];
      await this.giveUp(message, lost, new Set(), 0);
    }
  }

  private async tryAll(ids: readonly string[], items: readonly Item[]): Promise<'done' | 'known' | Error> {
    try {
      await this.database.transaction(async (tx) => {
        await this.insertInbox(
          tx,
          ids.map((id) => [idIn(id), 'done', null, 0]),
        );
        await this.handler(
          items.map(({ event }) => event),
          tx,
        );
        crashPoint(`${this.consumer.name}/handled`);
      });
      crashPoint(`${this.consumer.name}/committed`);
      this.report.handled(this.consumer.name, items.length);
      return 'done';
    } catch (error) {
      if (error instanceof AlreadyKnown) return 'known';
      if (isDatabaseUnavailable(error)) throw error;
      return asError(error);
    }
  }

  /** @param whole the error of all items together, when they have just been tried */
  private async handleSplit(
    messages: readonly Message[],
    items: readonly Item[],
    lost: Map<string, LostEvent[]>,
    whole?: Error,
  ): Promise<Outcome[]> {
    const failures = new Map<string, LostEvent[]>();
    const all = new Map<string, Set<string>>([...new Set(messages.map(({ id }) => id))].map((id) => [id, new Set()]));
    for (const { message, event } of items) all.get(message)?.add(event.id);
    for (const [id, invalid] of lost) for (const { eventId } of invalid) all.get(id)?.add(eventId);
    const rows = await this.database.read((tx) => this.readInbox(tx, [...all.keys()], false));
    const known = [...rows.values()].filter((row) => row.done).length;
    if (known > 0) this.report.duplicate(this.consumer.name, known);
    const open = items.filter(({ message, event }) => isOpen(rows.get(message), event.id));
    const attempts = Math.max(0, ...[...rows.values()].map((row) => row.attempts));
    const patient = attempts < this.policy.waitsMs.length;
    await this.halve(open, { all, failures, patient }, whole);
    const outcomes: Outcome[] = [];
    for (const message of messages) {
      const invalid = (lost.get(message.id) ?? []).filter(({ eventId }) => isOpen(rows.get(message.id), eventId));
      const failed = failures.get(message.id) ?? [];
      outcomes.push(await this.conclude(message, all.get(message.id) ?? new Set(), invalid, failed, rows.get(message.id)?.attempts ?? 0));
      failures.delete(message.id);
      lost.delete(message.id);
    }
    return outcomes;
  }

  private async halve(items: readonly Item[], split: Split, known?: Error): Promise<void> {
    if (items.length === 0) return;
    const error = known ?? (await this.handleSome(items, split.all).then(() => undefined, asError));
    if (!error) return;
    if (isDatabaseUnavailable(error)) throw error;
    // What is missing now and will come by itself is waited for as a whole: halving 500 waiting events proves nothing.
    if (items.length === 1 || (split.patient && isTransient(error))) {
      for (const { message, event } of items) {
        const failed = { eventId: event.id, body: JSON.stringify(event), error };
        split.failures.set(message, [...(split.failures.get(message) ?? []), failed]);
      }
      return;
    }
    const middle = Math.ceil(items.length / 2);
    await this.halve(items.slice(0, middle), split);
    await this.halve(items.slice(middle), split);
  }

  /** Handles those of the items that are still open, and takes them off their messages in the same transaction. */
  private async handleSome(items: readonly Item[], all: Split['all'], tries = 3): Promise<void> {
    try {
      const handled = await this.database.transaction(async (tx) => {
        const ids = [...new Set(items.map(({ message }) => message))].sort();
        const rows = await this.readInbox(tx, ids, true);
        const open = items.filter(({ message, event }) => isOpen(rows.get(message), event.id));
        for (const id of ids) {
          const mine = new Set(open.filter((item) => item.message === id).map(({ event }) => event.id));
          const row = rows.get(id);
          const before = row ? (row.remaining ?? new Set<string>()) : (all.get(id) ?? new Set<string>());
          if (mine.size > 0) await this.writeInbox(tx, id, row, without(before, mine), row?.attempts ?? 0);
        }
        if (open.length > 0)
          await this.handler(
            open.map(({ event }) => event),
            tx,
          );
        return open.length;
      });
      this.report.handled(this.consumer.name, handled);
    } catch (error) {
      // Another replica wrote the row between our read and our insert: read again, it is there now.
      if (error instanceof AlreadyKnown && tries > 1) return this.handleSome(items, all, tries - 1);
      throw error;
    }
  }

  private async conclude(
    message: Message,
    all: ReadonlySet<string>,
    invalid: LostEvent[],
    failed: LostEvent[],
    before: number,
  ): Promise<Outcome> {
    if (invalid.length + failed.length === 0) return { done: true };
    const attempts = before + (failed.length > 0 ? 1 : 0);
    const retryInMs = this.policy.waitsMs[attempts - 1];
    const waiting = failed.length > 0 && retryInMs !== undefined;
    const lost = waiting ? invalid : [...invalid, ...failed];
    await this.giveUp(message, lost, all, attempts);
    if (!waiting) return { done: true };
    this.report.retried(this.consumer.name, failed[0]?.error);
    return { done: false, retryInMs };
  }

  /** Moves events to the dead letters and takes them off their message, in one transaction. */
  private async giveUp(message: Message, lost: readonly LostEvent[], all: ReadonlySet<string>, attempts: number): Promise<void> {
    const buried = await this.database.transaction(async (tx) => {
      const row = (await this.readInbox(tx, [message.id], true)).get(message.id);
      const open = lost.filter(({ eventId }) => isOpen(row, eventId));
      if (row?.done) return open;
      const gone = new Set(open.map(({ eventId }) => eventId));
      await this.writeInbox(tx, message.id, row, without(row?.remaining ?? (row ? new Set<string>() : all), gone), attempts);
      await insertDeadLetters(tx, this.consumer.name, message, open, attempts);
      return open;
    });
    if (buried.length > 0) this.report.dead(this.consumer.name, buried.length, buried[0]?.error);
  }

  private async insertInbox(tx: Tx, rows: readonly (readonly [Buffer, string, string | null, number])[]): Promise<void> {
    const now = Date.now();
    try {
      await insertRows(
        tx,
        'inbox',
        ['consumer', 'message_id', 'state', 'remaining', 'attempts', 'handled_at'],
        rows.map((row) => [this.consumer.name, ...row, now]),
      );
    } catch (error) {
      throw isDuplicateKey(error) ? new AlreadyKnown() : error;
    }
  }

  private async writeInbox(tx: Tx, id: string, row: InboxRow | undefined, remaining: ReadonlySet<string>, attempts: number): Promise<void> {
    const state = remaining.size === 0 ? 'done' : 'split';
    const left = remaining.size === 0 ? null : JSON.stringify([...remaining]);
    if (!row) return this.insertInbox(tx, [[idIn(id), state, left, attempts]]);
    const set = ['state', 'remaining', 'attempts', 'handled_at'];
    await updateRows(tx, 'inbox', ['consumer', 'message_id'], set, [[this.consumer.name, idIn(id), state, left, attempts, Date.now()]]);
  }

  private async readInbox(tx: Tx, ids: readonly string[], lock: boolean): Promise<Map<string, InboxRow>> {
    const found = await selectIn<{ message_id: Uint8Array; state: string; remaining: string | null; attempts: unknown }>(
      tx,
      `SELECT message_id, state, remaining, attempts FROM inbox WHERE consumer = ? AND message_id IN (?in) ${lock ? rowLock(tx, 'update') : ''}`,
      ids.map(idIn),
      [this.consumer.name],
    );
    return new Map(
      found.map((row) => {
        const remaining = row.remaining === null ? null : new Set<string>(JSON.parse(row.remaining));
        return [idOut(row.message_id), { done: row.state === 'done', remaining, attempts: int(row.attempts) }];
      }),
    );
  }
}

const isOpen = (row: InboxRow | undefined, eventId: string): boolean => !row || (!row.done && (row.remaining?.has(eventId) ?? true));

const without = (ids: ReadonlySet<string>, gone: ReadonlySet<string>): Set<string> => new Set([...ids].filter((id) => !gone.has(id)));

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

/** Errors may say of themselves that what they miss will come: see UnknownBrand. */
const isTransient = (error: Error): boolean => 'transient' in error && error.transient === true;
