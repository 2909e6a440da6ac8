import { Injectable, Logger } from '@nestjs/common';
import type { Counter } from 'prom-client';
import { Database } from '../database/database';
import { int, intOrNull } from '../database/int';
import { Metrics } from '../observability/metrics';
import { UnroutableMessage } from './event-transport';
import type { InboxReport } from './inbox';
import type { RelayReport } from './outbox-relay';

const SAME_MESSAGE_MS = 60_000;

/** What operators see of the messages: counters, gauges, and a log line per kind of trouble, not per event. */
@Injectable()
export class MessageMetrics implements InboxReport, RelayReport {
  private readonly logger = new Logger('events');
  private readonly said = new Map<string, number>();
  private readonly relayedTotal: Counter;
  private readonly failedTotal: Counter;
  private readonly handledTotal: Counter;
  private readonly duplicateTotal: Counter;
  private readonly retriedTotal: Counter;
  private readonly deadTotal: Counter;

  constructor(database: Database, metrics: Metrics) {
    this.relayedTotal = metrics.counter('outbox_relayed_messages_total', 'Messages handed to the transport');
    this.failedTotal = metrics.counter('outbox_failed_messages_total', 'Attempts to hand over a message that failed', ['type']);
    this.handledTotal = metrics.counter('consumer_handled_events_total', 'Events handled', ['consumer']);
    this.duplicateTotal = metrics.counter('inbox_duplicates_total', 'Messages delivered again after they were handled', ['consumer']);
    this.retriedTotal = metrics.counter('consumer_retries_total', 'Messages that wait for another attempt', ['consumer']);
    this.deadTotal = metrics.counter('consumer_dead_events_total', 'Events given up on', ['consumer']);
    metrics.gauge('outbox_pending_messages', 'Messages that are not yet safe with the transport', [], async (gauge) => {
      gauge.set(await count(database, 'SELECT COUNT(*) AS n FROM outbox WHERE relayed_at IS NULL'));
    });
    metrics.gauge('outbox_oldest_pending_seconds', 'Age of the oldest message that is not yet safe', [], async (gauge) => {
      const rows = await database.read((tx) =>
        tx.query<{ n: unknown }[]>('SELECT MIN(position) AS n FROM outbox WHERE relayed_at IS NULL'),
      );
      const position = intOrNull(rows[0]?.n);
      gauge.set(position === null ? 0 : Math.max(0, (Date.now() - position / 1_000) / 1_000));
    });
    metrics.gauge('dlq_messages', 'Events that wait for an operator', [], async (gauge) => {
      gauge.set(await count(database, "SELECT COUNT(*) AS n FROM dead_letter WHERE state = 'dead'"));
    });
  }

  relayed(messages: number): void {
    this.relayedTotal.inc(messages);
  }

  failed(type: string, error: unknown): void {
    this.failedTotal.inc({ type });
    if (error instanceof UnroutableMessage) this.once(`unroutable ${type}`, () => this.logger.error({ msg: 'unroutable', type }));
    else this.once('unpublished', () => this.logger.warn({ msg: 'not published, will be tried again', reason: reasonOf(error) }));
  }

  stuck(error: unknown): void {
    this.once('stuck', () => this.logger.warn({ msg: 'the relay pauses', reason: reasonOf(error) }));
  }

  outage(consumer: string, error: unknown): void {
    this.once(`outage ${consumer}`, () => this.logger.warn({ msg: 'consumer pauses', consumer, reason: reasonOf(error) }));
  }

  handled(consumer: string, events: number): void {
    this.handledTotal.inc({ consumer }, events);
  }

  duplicate(consumer: string, messages: number): void {
    this.duplicateTotal.inc({ consumer }, messages);
  }

  retried(consumer: string, error: unknown): void {
    this.retriedTotal.inc({ consumer });
    this.once(`retry ${consumer}`, () => this.logger.warn({ msg: 'will be tried again', consumer, reason: reasonOf(error) }));
  }

  dead(consumer: string, events: number, error: unknown): void {
    this.deadTotal.inc({ consumer }, events);
    this.logger.error({ msg: 'dead letter', consumer, events, reason: reasonOf(error) });
  }

  /** The same trouble once a minute: a missing machine must not flood the log. */
  private once(what: string, say: () => void): void {
    const now = Date.now();
    if (now - (this.said.get(what) ?? 0) < SAME_MESSAGE_MS) return;
    this.said.set(what, now);
    say();
  }
}

const reasonOf = (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : String(error));

async function count(database: Database, sql: string): Promise<number> {
  const rows = await database.read((tx) => tx.query<{ n: unknown }[]>(sql));
  return int(rows[0]?.n ?? 0);
}
