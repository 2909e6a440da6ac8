import type { ConsumerDeclaration } from './consumer.decorator';

/** One outbox row on its way: up to 500 events of one type. */
export interface Message {
  readonly id: string;
  readonly type: string;
  /** JSON array of CloudEvents. A string in both transports, so that no consumer ever shares an object with another. */
  readonly body: string;
  /** How many events the body holds, to size a batch before parsing it. */
  readonly events: number;
}

/** What became of a message at one consumer: settled for good, or to be delivered again after a while; `untouched` when it was given back because the service stops. */
export type Outcome = { readonly done: true } | { readonly done: false; readonly retryInMs: number; readonly untouched?: true };

/** Handles a batch durably and answers one outcome per message, in order. Throws only when the database cannot be reached. */
export type Deliver = (messages: readonly Message[]) => Promise<readonly Outcome[]>;

/**
 * Carries messages from the outbox of one service to the consumers of all. Two implementations,
 * in-process and RabbitMQ, held to one conformance spec. Delivery is at least once.
 */
export interface EventTransport {
  /** Whether producer and consumers share this process, so that no other relay competes for the outbox. */
  readonly local: boolean;
  connect(): Promise<void>;
  /** @param bury takes messages that the transport will not deliver again, because they keep killing the process */
  subscribe(
    consumer: ConsumerDeclaration,
    deliver: Deliver,
    bury: (messages: readonly Message[], error: Error) => Promise<void>,
  ): Promise<void>;
  /** Resolves when the message cannot be lost any more. Throws UnroutableMessage when nobody consumes its type. */
  publish(message: Message): Promise<void>;
  /** Takes nothing new and lets what is being handled finish. */
  stopConsuming(): Promise<void>;
  close(): Promise<void>;
}

/** Injects the transport of a service. */
export const EVENT_TRANSPORT = Symbol('EventTransport');

/** Nobody consumes this type: the row stays in the outbox and is tried again. */
export class UnroutableMessage extends Error {
  constructor(readonly type: string) {
    super(`no consumer is registered for ${type}`);
    this.name = 'UnroutableMessage';
  }
}
