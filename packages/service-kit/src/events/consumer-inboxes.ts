import { Inject, Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { Database } from '../database/database';
import { type ConsumerDeclaration, consumersOf } from './consumer.decorator';
import { ConsumerStrategy } from './consumer-strategy';
import { type Handler, Inbox } from './inbox';
import { MessageFlow } from './message-flow';
import { MessageMetrics } from './message-metrics';
import { RETRY_POLICY, type RetryPolicy } from './retry-policy';

/** The inbox of every consumer that this service runs, by consumer name. */
@Injectable()
export class ConsumerInboxes {
  private readonly bound = new Map<string, { declaration: ConsumerDeclaration; inbox: Inbox }>();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly database: Database,
    private readonly flow: MessageFlow,
    @Inject(RETRY_POLICY) private readonly policy: RetryPolicy,
    private readonly metrics: MessageMetrics,
  ) {}

  /** Builds an inbox for every consumer of the service, without receiving anything yet. @throws Error when a name is declared twice */
  bind(strategy: ConsumerStrategy): void {
    for (const { declaration, handler } of this.discover(strategy)) {
      if (this.bound.has(declaration.name)) throw new Error(`consumer ${declaration.name} is declared twice`);
      const inbox = new Inbox(this.database, declaration, handler, this.policy, this.metrics);
      this.bound.set(declaration.name, { declaration, inbox });
      this.flow.registerConsumer(declaration);
    }
  }

  all(): readonly { declaration: ConsumerDeclaration; inbox: Inbox }[] {
    return [...this.bound.values()];
  }

  /** @throws Error when the consumer was removed from the service since */
  of(name: string): Inbox {
    const found = this.bound.get(name);
    if (!found) throw new Error(`there is no consumer ${name} in this service any more`);
    return found.inbox;
  }

  private discover(strategy: ConsumerStrategy): { declaration: ConsumerDeclaration; handler: Handler }[] {
    const seen = new Set<string>();
    return [...this.discovery.getControllers(), ...this.discovery.getProviders()].flatMap(({ instance, metatype }) => {
      if (typeof metatype !== 'function' || typeof instance !== 'object' || instance === null || instance.constructor !== metatype)
        return [];
      return consumersOf(metatype).flatMap(({ method, declaration }) => {
        const key = `${declaration.name}/${metatype.name}`;
        if (seen.has(key)) return [];
        seen.add(key);
        // Nest builds message handlers of controllers only; a provider's method is called as it is.
        const own: Handler = (events, tx) =>
          (instance as Record<string | symbol, Handler>)[method]?.(events, tx) ?? Promise.reject(new Error('no such method'));
        return [{ declaration, handler: strategy.handlerOf(declaration.name) ?? own }];
      });
    });
  }
}
