import type { ConsumerDeclaration } from './consumer.decorator';
import { ConsumerQueue } from './consumer-queue';
import { type Deliver, type EventTransport, type Message, type Outcome, UnroutableMessage } from './event-transport';

interface Route {
  readonly consumer: ConsumerDeclaration;
  readonly queue: ConsumerQueue;
  open: boolean;
}

/**
 * Joins the services of one process. It keeps nothing: a message is safe only when every consumer
 * of its type has settled it, so the outbox of its producer is what survives a crash.
 */
export class InProcessBroker {
  private readonly routes = new Map<string, Route>();
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly awaited: Set<string>;
  private readonly complete: Promise<void>;
  private markComplete: () => void = () => undefined;

  /**
   * @param services that must have joined before anything is delivered. Without them a service that
   *   starts early would settle the messages of yesterday with only half of their consumers.
   */
  constructor(services: readonly string[] = []) {
    this.awaited = new Set(services);
    this.complete = new Promise((resolve) => (this.markComplete = resolve));
    if (services.length === 0) this.markComplete();
  }

  /** Says that all consumers of a service are registered. */
  join(service: string): void {
    this.awaited.delete(service);
    if (this.awaited.size === 0) this.markComplete();
  }

  /** @throws Error when the name is taken by an open consumer: two consumers would share one inbox. */
  register(consumer: ConsumerDeclaration, queue: ConsumerQueue): () => Promise<void> {
    if (this.routes.get(consumer.name)?.open) throw new Error(`consumer ${consumer.name} is registered twice`);
    const route: Route = { consumer, queue, open: true };
    this.routes.set(consumer.name, route);
    return async () => {
      route.open = false;
      await queue.stop();
    };
  }

  /** Resolves when every consumer of the type has settled the message. */
  async publish(message: Message): Promise<void> {
    await this.complete;
    const routes = [...this.routes.values()].filter(({ consumer }) => consumer.definitions.has(message.type));
    if (routes.length === 0) throw new UnroutableMessage(message.type);
    await Promise.all(routes.map(({ consumer }) => this.settled(consumer.name, message)));
  }

  private settled(consumer: string, message: Message): Promise<void> {
    return new Promise((resolve) => {
      // Looked up each time: a service that was closed and started again has a new queue.
      const deliver = () => this.routes.get(consumer)?.queue.push(message, settle);
      const settle = (outcome: Outcome) => {
        if (outcome.done) return resolve();
        const timer = setTimeout(() => {
          this.timers.delete(timer);
          deliver();
        }, outcome.retryInMs);
        this.timers.add(timer);
      };
      deliver();
    });
  }

  /** Forgets deliveries that wait for another attempt; their producers deliver them again. */
  close(): void {
    this.timers.forEach((timer) => clearTimeout(timer));
    this.timers.clear();
  }
}

/** One service's end of the broker. */
export class InProcessTransport implements EventTransport {
  readonly local = true;
  private readonly leave: (() => Promise<void>)[] = [];

  constructor(
    private readonly broker: InProcessBroker,
    private readonly outageMs: number,
    private readonly onOutage: (consumer: string, error: unknown) => void,
  ) {}

  async connect(): Promise<void> {}

  async subscribe(consumer: ConsumerDeclaration, deliver: Deliver): Promise<void> {
    const queue = new ConsumerQueue(consumer.batch, deliver, this.outageMs, (error) => this.onOutage(consumer.name, error));
    this.leave.push(this.broker.register(consumer, queue));
  }

  publish(message: Message): Promise<void> {
    return this.broker.publish(message);
  }

  async stopConsuming(): Promise<void> {
    await Promise.all(this.leave.splice(0).map((leave) => leave()));
  }

  async close(): Promise<void> {
    await this.stopConsuming();
  }
}
