import { Inject, Injectable, Logger } from '@nestjs/common';
import { Database } from '../database/database';
import { CommitSignal } from './commit-signal';
import { ConsumerInboxes } from './consumer-inboxes';
import { EVENT_TRANSPORT, type EventTransport } from './event-transport';
import { MessageMetrics } from './message-metrics';
import { OutboxRelay } from './outbox-relay';

/** Starts and stops what sends and receives: one relay, and every consumer of this service. */
@Injectable()
export class Messaging {
  private readonly logger = new Logger('events');
  private relay: OutboxRelay | undefined;

  constructor(
    private readonly database: Database,
    private readonly committed: CommitSignal,
    private readonly inboxes: ConsumerInboxes,
    @Inject(EVENT_TRANSPORT) private readonly transport: EventTransport,
    private readonly metrics: MessageMetrics,
  ) {}

  async start(): Promise<void> {
    await this.transport.connect();
    for (const { declaration, inbox } of this.inboxes.all()) {
      await this.transport.subscribe(
        declaration,
        (messages) => inbox.handle(messages),
        (messages, error) => inbox.bury(messages, error),
      );
    }
    this.relay = new OutboxRelay(this.database, this.transport, this.committed, this.metrics);
    this.relay.start();
    this.logger.debug({ msg: 'consuming', consumers: this.inboxes.all().map(({ declaration }) => declaration.name) });
  }

  /** Takes nothing new and lets what is in hand finish; what the service itself publishes still goes out. */
  async stopConsuming(): Promise<void> {
    await this.transport.stopConsuming();
  }

  /** Sends nothing more, records what has been sent, and leaves. */
  async finish(): Promise<void> {
    await this.relay?.stop();
    await this.transport.close();
  }
}
