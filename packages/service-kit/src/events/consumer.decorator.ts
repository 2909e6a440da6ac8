import 'reflect-metadata';
import type { EventDefinition } from '@concentric/contracts';
import { UseFilters } from '@nestjs/common';
import { Ctx, MessagePattern, Payload } from '@nestjs/microservices';
import { KeepOriginalError } from './keep-original-error.filter';

/** What a consumer method declares about itself. */
export interface ConsumerDeclaration {
  /** Unique in the whole system: the address of its deliveries, its queue and its inbox key. */
  readonly name: string;
  /** Definitions by wire name. Keeping the schema here is what lets the kit validate on arrival. */
  readonly definitions: ReadonlyMap<string, EventDefinition<unknown>>;
  /** Most events handed over in one call and one transaction. */
  readonly batch: number;
}

const CONSUMERS = Symbol('concentric:consumers');
const LARGEST_BATCH = 500;

/** A definition of any data: `EventDefinition<T>` is invariant in T, so a list of them needs the loosest bound. */
type AnyEventDefinition = Pick<EventDefinition, 'type' | 'producer'> & {
  readonly data: EventDefinition['data'] | { parse(data: unknown): unknown };
};

/**
 * Marks `(events: Event[], tx: Tx) => Promise<void>` as the consumer of some events.
 * It runs in one transaction with its inbox rows, on up to `batch` events of one or several messages.
 * `name` equals the file name `<do>-when-<event>`.
 */
export function Consumer(name: string, events: readonly AnyEventDefinition[], options: { batch?: number } = {}): MethodDecorator {
  if (!/^[a-z0-9-]+$/.test(name)) throw new Error(`consumer name ${name} is not kebab-case`);
  if (events.length === 0) throw new Error(`consumer ${name} names no event`);
  const declaration: ConsumerDeclaration = {
    name,
    definitions: new Map(events.map((event) => [event.type, event as EventDefinition])),
    batch: Math.max(1, Math.min(options.batch ?? LARGEST_BATCH, LARGEST_BATCH)),
  };
  return (target, method, descriptor) => {
    const owner = target.constructor;
    const declared = consumersOf(owner);
    Reflect.defineMetadata(CONSUMERS, [...declared, { method, declaration }], owner);
    // The pattern is the consumer, never the event: Nest merges two handlers of one pattern into one.
    MessagePattern(name)(target, method, descriptor as TypedPropertyDescriptor<unknown>);
    UseFilters(KeepOriginalError)(target, method, descriptor as TypedPropertyDescriptor<unknown>);
    Payload()(target, method, 0);
    Ctx()(target, method, 1);
  };
}

/** Consumer methods declared on a class. */
export function consumersOf(owner: object): readonly { method: string | symbol; declaration: ConsumerDeclaration }[] {
  return Reflect.getOwnMetadata(CONSUMERS, owner) ?? [];
}
