import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import type { Deliver, Message, Outcome } from './event-transport';

interface Waiting {
  readonly message: Message;
  readonly settle: (outcome: Outcome) => void;
}

/**
 * The deliveries of one consumer in this process: one batch at a time, merged from whatever has
 * arrived by then. While the database is down it holds the batch and tries again: an outage is not poison.
 */
export class ConsumerQueue {
  private readonly waiting: Waiting[] = [];
  private running: Promise<void> | undefined;
  private stopped = false;

  constructor(
    private readonly batch: number,
    private readonly deliver: Deliver,
    private readonly outageMs: number,
    private readonly onOutage: (error: unknown) => void,
  ) {}

  push(message: Message, settle: (outcome: Outcome) => void): void {
    if (this.stopped) return settle(this.untouched());
    this.waiting.push({ message, settle });
    this.running ??= this.drain();
  }

  /** Lets the batch in hand finish and gives back what still waits. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.running;
    for (const { settle } of this.waiting.splice(0)) settle(this.untouched());
  }

  private untouched(): Outcome {
    return { done: false, retryInMs: this.outageMs, untouched: true };
  }

  private async drain(): Promise<void> {
    // One turn of the event loop lets messages that are arriving together be handled together.
    await nextTurn();
    while (this.waiting.length > 0 && !this.stopped) {
      const taken = this.take();
      const outcomes = await this.deliverThroughOutages(taken.map((one) => one.message));
      taken.forEach(({ settle }, at) => settle(outcomes?.[at] ?? this.untouched()));
    }
    this.running = undefined;
  }

  private take(): Waiting[] {
    let events = 0;
    let count = 0;
    for (const { message } of this.waiting) {
      if (count > 0 && events + message.events > this.batch) break;
      events += message.events;
      count += 1;
    }
    return this.waiting.splice(0, count);
  }

  private async deliverThroughOutages(messages: readonly Message[]): Promise<readonly Outcome[] | undefined> {
    while (!this.stopped) {
      try {
        return await this.deliver(messages);
      } catch (error) {
        this.onOutage(error);
        await wait(this.outageMs);
      }
    }
    return undefined;
  }
}
