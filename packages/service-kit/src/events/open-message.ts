import type { Event } from '@concentric/contracts';
import { z } from 'zod';
import type { ConsumerDeclaration } from './consumer.decorator';
import type { LostEvent } from './dead-letter.rows';
import type { Message } from './event-transport';

const envelope = z.looseObject({
  specversion: z.literal('1.0'),
  id: z.string().min(1).max(64),
  source: z.string(),
  type: z.string(),
  time: z.string(),
  datacontenttype: z.literal('application/json'),
  data: z.unknown(),
});

/**
 * Parses a message for one consumer: its own objects, each event checked against its contract.
 * What no later attempt can make valid is given back apart, to be dead-lettered at once.
 */
export function openMessage(message: Message, consumer: ConsumerDeclaration): { events: Event[]; invalid: LostEvent[] } {
  let bodies: unknown;
  try {
    bodies = JSON.parse(message.body);
  } catch (error) {
    return { events: [], invalid: [unreadable(message, error)] };
  }
  if (!Array.isArray(bodies)) return { events: [], invalid: [unreadable(message, new Error('the message is not a list of events'))] };
  const events: Event[] = [];
  const invalid: LostEvent[] = [];
  bodies.forEach((body: unknown, at) => {
    const outer = envelope.safeParse(body);
    if (!outer.success) return invalid.push({ eventId: `${message.id}#${at}`, body: JSON.stringify(body), error: outer.error });
    const definition = consumer.definitions.get(outer.data.type);
    const inner = definition?.data.safeParse(outer.data.data);
    if (inner?.success) return events.push({ ...(outer.data as Event), data: inner.data });
    const error = inner?.error ?? new Error(`${consumer.name} does not consume ${outer.data.type}`);
    return invalid.push({ eventId: outer.data.id, body: JSON.stringify(body), error });
  });
  return { events, invalid };
}

const unreadable = (message: Message, error: unknown): LostEvent => ({
  eventId: message.id,
  body: message.body,
  error: error instanceof Error ? error : new Error(String(error)),
});
