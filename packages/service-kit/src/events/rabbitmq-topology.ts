import type { ConfirmChannel, Options } from 'amqplib';
import type { ConsumerDeclaration } from './consumer.decorator';

/** Redeliveries before the broker gives up: they count only what dies with its consumer, since failures are settled by us. */
const DELIVERY_LIMIT = 5;

/**
 * What one installation calls things on its broker. `?namespace=` in the URL keeps several installations
 * apart that share one virtual host, such as the specs of one test run.
 */
export class BrokerNames {
  /** Every event of the installation passes through this exchange; the routing key is the event type. */
  readonly exchange: string;
  /** The URL as the client library understands it. */
  readonly url: string;
  private readonly prefix: string;

  constructor(url: string) {
    const parsed = new URL(url);
    const namespace = parsed.searchParams.get('namespace');
    parsed.searchParams.delete('namespace');
    this.url = parsed.toString();
    this.exchange = `${namespace ?? 'concentric'}.events`;
    this.prefix = namespace === null ? '' : `${namespace}.`;
  }

  queue(consumer: string): string {
    return `${this.prefix}${consumer}`;
  }

  /** Where messages of a consumer wait for another attempt. */
  retryQueue(consumer: string): string {
    return `${this.queue(consumer)}.retry`;
  }

  /** Where the broker puts messages that were never settled because the process ended each time. */
  deadQueue(consumer: string): string {
    return `${this.queue(consumer)}.dead`;
  }
}

/** Never rely on a broker default: they differ between 3.x and 4.x. */
const quorum = (more: Record<string, unknown>): Options.AssertQueue => ({
  durable: true,
  arguments: { 'x-queue-type': 'quorum', ...more },
});

export async function assertExchange(channel: ConfirmChannel, names: BrokerNames): Promise<void> {
  await channel.assertExchange(names.exchange, 'topic', { durable: true });
}

/**
 * The queues of one consumer: its own, one where messages wait for another attempt, and one for
 * those that killed the process too often.
 */
export async function assertConsumer(channel: ConfirmChannel, names: BrokerNames, consumer: ConsumerDeclaration): Promise<void> {
  const { name } = consumer;
  // At-least-once dead-lettering needs an overflow that refuses instead of dropping.
  const toQueue = (queue: string) => ({
    'x-dead-letter-exchange': '',
    'x-dead-letter-routing-key': queue,
    'x-dead-letter-strategy': 'at-least-once',
    'x-overflow': 'reject-publish',
  });
  await channel.assertQueue(names.deadQueue(name), quorum({ 'x-delivery-limit': 1_000 }));
  await channel.assertQueue(names.queue(name), quorum({ 'x-delivery-limit': DELIVERY_LIMIT, ...toQueue(names.deadQueue(name)) }));
  // One queue for all waits: a short wait behind a long one takes as long as that, half a minute at most.
  await channel.assertQueue(names.retryQueue(name), quorum({ 'x-delivery-limit': 1_000, ...toQueue(names.queue(name)) }));
  for (const type of consumer.definitions.keys()) await channel.bindQueue(names.queue(name), names.exchange, type);
}
