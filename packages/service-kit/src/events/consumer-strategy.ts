import type { Event } from '@concentric/contracts';
import { type CustomTransportStrategy, Server } from '@nestjs/microservices';
import { from, isObservable, lastValueFrom } from 'rxjs';
import type { Tx } from '../database/database';
import type { Handler } from './inbox';

/**
 * Lets Nest find and build the message handlers. Deliveries do not come through it: the inbox calls
 * a handler by its consumer name, with the events as payload and the transaction as context.
 */
export class ConsumerStrategy extends Server implements CustomTransportStrategy {
  listen(callback: () => void): void {
    callback();
  }

  close(): void {}

  on(): void {
    throw new Error('this transport has no events of its own');
  }

  unwrap<T>(): T {
    throw new Error('this transport has no native server');
  }

  /** The handler Nest has built for a consumer, if a controller declares it. */
  handlerOf(consumer: string): Handler | undefined {
    const handler = this.getHandlerByPattern(this.normalizePattern(consumer));
    if (!handler) return undefined;
    return async (events: Event[], tx: Tx) => {
      const result: unknown = await handler(events, tx);
      if (isObservable(result)) await lastValueFrom(from(result), { defaultValue: undefined });
    };
  }
}
