import { Inject, Injectable, Logger } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { Database } from '../database/database';
import { CommitSignal } from './commit-signal';
import { type ConsumerDeclaration, consumersOf } from './consumer.decorator';
import { ConsumerInboxes } from './consumer-inboxes';
import { ConsumerStrategy } from './consumer-strategy';
import { EVENT_TRANSPORT, type EventTransport } from './event-transport';
import { type Handler, Inbox } from './inbox';
import { MessageFlow } from './message-flow';
import { MessageMetrics } from './message-metrics';
import { OutboxRelay } from './outbox-relay';
import { RETRY_POLICY, type RetryPolicy } from './retry-policy';

/** Starts and stops what sends and receives: one relay, and an inbox per consumer of this service. */
@Injectable()
export class Messaging {
  private readonly logger = new Logger('events');
  private readonly bound: { declaration: ConsumerDeclaration; inbox: Inbox }[] = [];
  private relay: OutboxRelay | undefined;

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly database: Database,
    private readonly committed: CommitSignal,
    private readonly inboxes: ConsumerInboxes,
    private readonly flow: MessageFlow,
    @Inject(EVENT_TRANSPORT) private readonly transport: EventTransport,
    @Inject(RETRY_POLICY) private readonly policy: RetryPolicy,
    private readonly metrics: MessageMetrics,
  ) {}

  /** Builds an inbox for every consumer of the service, without receiving anything yet. */
  bind(strategy: ConsumerStrategy): void {
    for (const { declaration, handler } of this.discover(strategy)) {
      const inbox = new Inbox(this.database, declaration, handler, this.policy, this.metrics);
      this.inboxes.add(declaration.name, inbox);
      this.flow.registerConsumer(declaration);
      this.bound.push({ declaration, inbox });
    }
  }

  async start(): Promise<void> {
    await this.transport.connect();
    for (const { declaration, inbox } of this.bound) {
      await this.transport.subscribe(declaration, (messages) => inbox.handle(messages), (messages, error) => inbox.bury(messages, error));
    }
    this.relay = new OutboxRelay(this.database, this.transport, this.committed, this.metrics);
    this.relay.start();
    this.logger.debug({ msg: 'consuming', consumers: this.bound.map(({ declaration }) => declaration.name) });
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

  private discover(strategy: ConsumerStrategy): { declaration: ConsumerDeclaration; handler: Handler }[] {
    const seen = new Set<string>();
    return [...this.discovery.getControllers(), ...this.discovery.getProviders()].flatMap(({ instance, metatype }) => {
      if (typeof metatype !== 'function' || typeof instance !== 'object' || instance === null || instance.constructor !== metatype) return [];
      return consumersOf(metatype).flatMap(({ method, declaration }) => {
        const key = `${declaration.name}/${metatype.name}`;
        if (seen.has(key)) return [];
        seen.add(key);
        // Nest builds message handlers of controllers only; a provider's method is called as it is.
        const own: Handler = (events, tx) => (instance as Record<string | symbol, Handler>)[method]?.(events, tx) ?? Promise.reject(new Error('no such method'));
        return [{ declaration, handler: strategy.handlerOf(declaration.name) ?? own }];
      });
    });
  }
}
