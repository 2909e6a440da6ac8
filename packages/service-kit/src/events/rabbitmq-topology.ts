import type { ConfirmChannel, Options } from 'amqplib';
import type { ConsumerDeclaration } from './consumer.decorator';

/** Every event of the installation passes through this exchange; the routing key is the event type. */
export const EXCHANGE = 'concentric.events';
/** Redeliveries before the broker gives up: they count only what dies with its consumer, since failures are settled by us. */
const DELIVERY_LIMIT = 5;

export const retryQueue = (consumer: string) => `${consumer}.retry`;
export const deadQueue = (consumer: string) => `${consumer}.dead`;

/** Never rely on a broker default: they differ between 3.x and 4.x. */
const quorum = (more: Record<string, unknown>): Options.AssertQueue => ({
  durable: true,
  arguments: { 'x-queue-type': 'quorum', ...more },
});

export async function assertExchange(channel: ConfirmChannel): Promise<void> {
  await channel.assertExchange(EXCHANGE, 'topic', { durable: true });
}

/**
 * The queues of one consumer: its own, one where messages wait for another attempt, and one for
 * those that killed the process too often.
 */
export async function assertConsumer(channel: ConfirmChannel, consumer: ConsumerDeclaration): Promise<void> {
  const { name } = consumer;
  // At-least-once dead-lettering needs an overflow that refuses instead of dropping.
  const toQueue = (queue: string) => ({
    'x-dead-letter-exchange': '',
    'x-dead-letter-routing-key': queue,
    'x-dead-letter-strategy': 'at-least-once',
    'x-overflow': 'reject-publish',
  });
  await channel.assertQueue(deadQueue(name), quorum({ 'x-delivery-limit': 1_000 }));
  await channel.assertQueue(name, quorum({ 'x-delivery-limit': DELIVERY_LIMIT, ...toQueue(deadQueue(name)) }));
  // One queue for all waits: a short wait behind a long one takes as long as that, half a minute at most.
  await channel.assertQueue(retryQueue(name), quorum({ 'x-delivery-limit': 1_000, ...toQueue(name) }));
  for (const type of consumer.definitions.keys()) await channel.bindQueue(name, EXCHANGE, type);
}
