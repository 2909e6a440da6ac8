import type { ConfirmChannel, ConsumeMessage } from 'amqplib';
import { type AmqpConnectionManager, type ChannelWrapper, connect } from 'amqp-connection-manager';
import type { ConsumerDeclaration } from './consumer.decorator';
import { ConsumerQueue } from './consumer-queue';
import { type Deliver, type EventTransport, type Message, type Outcome, UnroutableMessage } from './event-transport';
import { assertConsumer, assertExchange, BrokerNames } from './rabbitmq-topology';

const PREFETCH = 50;
const PUBLISH_TIMEOUT_MS = 10_000;
const CONTENT_TYPE = 'application/cloudevents-batch+json';

type Bury = (messages: readonly Message[], error: Error) => Promise<void>;

interface Subscription {
  readonly consumer: ConsumerDeclaration;
  readonly channel: ChannelWrapper;
  readonly queue: ConsumerQueue;
}

/**
 * Carries messages over RabbitMQ: a topic exchange, and a durable quorum queue per consumer. Publishes are
 * persistent, mandatory and confirmed; deliveries are acknowledged when they are settled in the database.
 */
export class RabbitMqTransport implements EventTransport {
  readonly local = false;
  private readonly returned = new Set<string>();
  private readonly subscriptions: Subscription[] = [];
  private connection: AmqpConnectionManager | undefined;
  private publisher: ChannelWrapper | undefined;
  private stopping = false;

  private readonly names: BrokerNames;

  constructor(
    url: string,
    private readonly outageMs: number,
    private readonly onOutage: (consumer: string, error: unknown) => void,
  ) {
    this.names = new BrokerNames(url);
  }

  /** Returns at once: while the broker is away the service works and its outbox grows. */
  async connect(): Promise<void> {
    this.connection = connect([this.names.url], { heartbeatIntervalInSeconds: 10, reconnectTimeInSeconds: 1 });
    this.connection.on('connectFailed', ({ err }) => this.onOutage('broker', err));
    this.publisher = this.connection.createChannel({
      confirm: true,
      publishTimeout: PUBLISH_TIMEOUT_MS,
      setup: async (channel: ConfirmChannel) => {
        await assertExchange(channel, this.names);
        // The broker returns what it cannot route before it confirms it.
        channel.on('return', (message: ConsumeMessage) => this.returned.add(String(message.properties.messageId)));
      },
    });
    this.publisher.on('error', (error) => this.onOutage('publisher', error));
  }

  async subscribe(consumer: ConsumerDeclaration, deliver: Deliver, bury: Bury): Promise<void> {
    if (!this.connection) throw new Error('the transport is not connected');
    const queue = new ConsumerQueue(consumer.batch, deliver, this.outageMs, (error) => this.onOutage(consumer.name, error));
    const channel = this.connection.createChannel({
      confirm: true,
      publishTimeout: PUBLISH_TIMEOUT_MS,
      setup: async (current: ConfirmChannel) => {
        await assertExchange(current, this.names);
        await assertConsumer(current, this.names, consumer);
        await current.prefetch(PREFETCH, false);
        await current.consume(this.names.queue(consumer.name), (raw) => raw && this.receive(raw, current, consumer, queue));
        await current.consume(this.names.deadQueue(consumer.name), (raw) => raw && void this.drainDead(raw, current, consumer, bury));
      },
    });
    channel.on('error', (error) => this.onOutage(consumer.name, error));
    this.subscriptions.push({ consumer, channel, queue });
  }

  async publish(message: Message): Promise<void> {
    if (!this.publisher) throw new Error('the transport is not connected');
    await this.publisher.publish(this.names.exchange, message.type, Buffer.from(message.body), {
      persistent: true,
      mandatory: true,
      messageId: message.id,
      type: message.type,
      contentType: CONTENT_TYPE,
      headers: { 'x-events': message.events },
    });
    if (this.returned.delete(message.id)) throw new UnroutableMessage(message.type);
  }

  async stopConsuming(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.subscriptions.map(({ queue }) => queue.stop()));
    // Closing the channel gives back what was not acknowledged.
    await Promise.all(this.subscriptions.splice(0).map(({ channel }) => channel.close().catch(() => undefined)));
  }

  async close(): Promise<void> {
    await this.stopConsuming();
    await this.publisher?.close().catch(() => undefined);
    await this.connection?.close().catch(() => undefined);
  }

  private receive(raw: ConsumeMessage, channel: ConfirmChannel, consumer: ConsumerDeclaration, queue: ConsumerQueue): void {
    if (this.stopping) return;
    queue.push(messageOf(raw), (outcome) => void this.settle(raw, channel, consumer, outcome));
  }

  private async settle(raw: ConsumeMessage, channel: ConfirmChannel, consumer: ConsumerDeclaration, outcome: Outcome): Promise<void> {
    try {
      if (!outcome.done && outcome.untouched) return;
      // Copied to the waiting queue first, acknowledged second: a crash in between delivers twice, never not at all.
      if (!outcome.done) await this.sendToRetry(raw, channel, consumer, outcome.retryInMs);
      channel.ack(raw);
    } catch (error) {
      // The channel is gone, and with it this delivery: the broker gives the message to whoever comes next.
      this.onOutage(consumer.name, error);
    }
  }

  private sendToRetry(raw: ConsumeMessage, channel: ConfirmChannel, consumer: ConsumerDeclaration, waitMs: number): Promise<void> {
    const { messageId, type, headers } = raw.properties;
    const options = {
      persistent: true,
      messageId,
      type,
      contentType: CONTENT_TYPE,
      headers: { 'x-events': headers?.['x-events'] },
      expiration: waitMs,
    };
    return new Promise((resolve, reject) => {
      channel.publish('', this.names.retryQueue(consumer.name), raw.content, options, (error: unknown) =>
        error ? reject(error) : resolve(),
      );
    });
  }

  private async drainDead(raw: ConsumeMessage, channel: ConfirmChannel, consumer: ConsumerDeclaration, bury: Bury): Promise<void> {
    try {
      await bury([messageOf(raw)], new Error('the process ended each time this message was being handled'));
      channel.ack(raw);
    } catch (error) {
      this.onOutage(consumer.name, error);
      setTimeout(() => {
        try {
          channel.nack(raw, false, true);
        } catch {
          // The channel is closed: the message is already back in its queue.
        }
      }, this.outageMs).unref();
    }
  }
}

function messageOf(raw: ConsumeMessage): Message {
  const { messageId, type, headers } = raw.properties;
  return {
    id: String(messageId),
    type: String(type),
    body: raw.content.toString('utf8'),
    events: Number(headers?.['x-events'] ?? 1),
  };
}
