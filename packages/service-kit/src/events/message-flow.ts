import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Database } from '../database/database';
import { int } from '../database/int';
import type { ConsumerDeclaration } from './consumer.decorator';

/** How far the messages of one service have come. */
export interface FlowSnapshot {
  /** Outbox rows by event type. */
  readonly published: Record<string, number>;
  /** Outbox rows not yet safe with the transport. */
  readonly unrelayed: number;
  /** Inbox rows by consumer, finished ones only, with the types the consumer takes. */
  readonly handled: Record<string, { types: string[]; messages: number }>;
  readonly deadLetters: number;
  /** Work that is due and not done, by name; every 0 when the service rests. */
  readonly pendingWork: Record<string, number>;
}

/** Of the time waited so far, before the next look: what is over soon is seen at once, and what takes long is left to work. */
const PATIENCE = 0.05;
const SLOWEST_LOOK_MS = 250;

/**
 * Tells whether the line is quiet: every consumer handled as many messages as its types were
 * published, nothing is unrelayed, and no work is pending.
 */
@Injectable()
export class MessageFlow {
  private readonly pending = new Map<string, () => Promise<number>>();
  private readonly consumers: ConsumerDeclaration[] = [];

  constructor(private readonly database: Database) {}

  /** Work that an observer of the line has to wait for. @throws Error when the name is taken */
  registerPending(name: string, count: () => Promise<number>): void {
    if (this.pending.has(name)) throw new Error(`pending work ${name} is registered twice`);
    this.pending.set(name, count);
  }

  registerConsumer(consumer: ConsumerDeclaration): void {
    this.consumers.push(consumer);
  }

  /**
   * Waits until this service has handled what it and others have published, has sent everything and has no work left;
   * until a message could not be handled; or until the time is over.
   * @param elsewhere messages by event type that other services have published
   */
  async whenQuiet(elsewhere: Readonly<Record<string, number>>, waitMs: number): Promise<FlowSnapshot> {
    const began = performance.now();
    for (;;) {
      const waited = performance.now() - began;
      // Most looks find it busy, and to see that costs a tenth of the whole picture.
      if (waited >= waitMs || !(await this.isBusy())) {
        const seen = await this.snapshot();
        if (waited >= waitMs || seen.deadLetters > 0 || isQuiet(seen, elsewhere)) return seen;
      }
      await pause(Math.min(SLOWEST_LOOK_MS, Math.max(1, waited * PATIENCE), waitMs - waited));
    }
  }

  private async isBusy(): Promise<boolean> {
    const rows = await this.database.read((tx) => tx.query<unknown[]>('SELECT 1 AS one FROM outbox WHERE relayed_at IS NULL LIMIT 1'));
    if (rows.length > 0) return true;
    for (const count of this.pending.values()) if ((await count()) > 0) return true;
    return false;
  }

  async snapshot(): Promise<FlowSnapshot> {
    // Pending work and inbox first, outbox last: what moves meanwhile shows as not yet quiet, never as quiet too early.
    const pendingWork: Record<string, number> = {};
    for (const [name, count] of this.pending) pendingWork[name] = await count();
    return this.database.read(async (tx) => {
      const finished = await tx.query<{ name: string; n: unknown }[]>(
        "SELECT consumer AS name, COUNT(*) AS n FROM inbox WHERE state = 'done' GROUP BY consumer",
      );
      const counts = new Map(finished.map((row) => [row.name, int(row.n)]));
      const handled = Object.fromEntries(
        this.consumers.map(({ name, definitions }) => [name, { types: [...definitions.keys()], messages: counts.get(name) ?? 0 }]),
      );
      const dead = await tx.query<{ n: unknown }[]>("SELECT COUNT(*) AS n FROM dead_letter WHERE state = 'dead'");
      const unrelayed = await tx.query<{ n: unknown }[]>('SELECT COUNT(*) AS n FROM outbox WHERE relayed_at IS NULL');
      const types = await tx.query<{ type: string; n: unknown }[]>('SELECT type, COUNT(*) AS n FROM outbox GROUP BY type');
      return {
        published: Object.fromEntries(types.map((row) => [row.type, int(row.n)])),
        unrelayed: int(unrelayed[0]?.n ?? 0),
        handled,
        deadLetters: int(dead[0]?.n ?? 0),
        pendingWork,
      };
    });
  }
}

function isQuiet({ published, unrelayed, handled, pendingWork }: FlowSnapshot, elsewhere: Readonly<Record<string, number>>): boolean {
  if (unrelayed > 0 || Object.values(pendingWork).some((count) => count > 0)) return false;
  const wanted = (type: string) => (published[type] ?? 0) + (elsewhere[type] ?? 0);
  return Object.values(handled).every(({ types, messages }) => messages >= types.reduce((sum, type) => sum + wanted(type), 0));
}
