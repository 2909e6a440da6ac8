import { z } from 'zod';

/** What is known about one kind of event: its wire name and the schema of its data. */
export interface EventDefinition<T = unknown> {
  /** Wire name `<service>.<kebab-name>.v<n>`; also the routing key. */
  readonly type: string;
  /** The service that publishes it; nobody else may. */
  readonly producer: string;
  readonly data: z.ZodType<T>;
}

/** A fact as it travels: CloudEvents 1.0, structured JSON mode. */
export interface Event<T = unknown> {
  specversion: '1.0';
  id: string;
  source: string;
  type: string;
  time: string;
  datacontenttype: 'application/json';
  /** W3C trace context of the request that caused it. */
  traceparent?: string;
  data: T;
}

/** The data type of an event definition. */
export type DataOf<D> = D extends EventDefinition<infer T> ? T : never;

/** Declares an event. The producer is read from the wire name. */
export function defineEvent<T>(type: string, data: z.ZodType<T>): EventDefinition<T> {
  const match = /^([a-z-]+)\.([a-z-]+)\.v(\d+)$/.exec(type);
  if (!match?.[1]) throw new Error(`event name ${type} is not <service>.<kebab-name>.v<n>`);
  return { type, producer: match[1], data };
}
