import type { Event, EventDefinition } from '@concentric/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock';
import type { ServiceConfig } from '../config/service.config';
import { SERVICE_CONFIG } from '../config/service-config.token';
import { chunks } from '../database/chunks';
import { idIn, newId } from '../database/ids';
import { sendRows } from '../database/rows';
import type { Tx } from '../database/database';
import { CommitSignal } from './commit-signal';
import { nextPosition } from './outbox-position';

const EVENTS_PER_MESSAGE = 500;

/**
 * Facts this service publishes. They are written with the change that made them true and carried
 * on after the commit, so neither exists without the other. Rows stay as the archive of events.
 */
@Injectable()
export class Outbox {
  constructor(
    @Inject(SERVICE_CONFIG) private readonly config: ServiceConfig,
    private readonly clock: Clock,
    private readonly committed: CommitSignal,
  ) {}

  /**
   * Writes facts of one type, up to 500 to a row. `ids` gives the event ids where a re-run must repeat them.
   * @throws ZodError when a fact does not match its contract; Error outside a transaction or for another service's event
   */
  async add<T>(tx: Tx, event: EventDefinition<T>, data: readonly T[], options: { ids?: readonly string[] } = {}): Promise<void> {
    if (data.length === 0) return;
    if (!tx.queryRunner?.isTransactionActive) throw new Error(`${event.type} must be published in the transaction of its change`);
    if (event.producer !== this.config.service)
      throw new Error(`${event.type} belongs to ${event.producer}, not to ${this.config.service}`);
    if (options.ids && options.ids.length !== data.length)
      throw new Error(`${event.type}: ${options.ids.length} ids for ${data.length} facts`);
    const now = this.clock.now();
    const facts = data.map((fact, at) => this.envelope(event, fact, options.ids?.[at] ?? newId(this.clock), new Date(now).toISOString()));
    const rows: unknown[][] = [];
    for (const part of chunks(facts, EVENTS_PER_MESSAGE))
      rows.push([idIn(newId(this.clock)), nextPosition(), event.type, part.length, JSON.stringify(part), now, 0, 0]);
    await sendRows(tx, 'outbox', ['message_id', 'position', 'type', 'events', 'body', 'created_at', 'attempts', 'next_attempt_at'], rows);
    this.committed.after(tx, 'outbox');
  }

  private envelope<T>(event: EventDefinition<T>, fact: T, id: string, time: string): Event<T> {
    return {
      specversion: '1.0',
      id,
      source: `/concentric/${event.producer}`,
      type: event.type,
      time,
      datacontenttype: 'application/json',
      data: event.data.parse(fact),
    };
  }
}
