import { Injectable } from '@nestjs/common';
import type { Inbox } from './inbox';

/** The inbox of every consumer that this service runs, by consumer name. */
@Injectable()
export class ConsumerInboxes {
  private readonly inboxes = new Map<string, Inbox>();

  add(name: string, inbox: Inbox): void {
    if (this.inboxes.has(name)) throw new Error(`consumer ${name} is declared twice`);
    this.inboxes.set(name, inbox);
  }

  /** @throws Error when the consumer was removed from the service since */
  of(name: string): Inbox {
    const inbox = this.inboxes.get(name);
    if (!inbox) throw new Error(`there is no consumer ${name} in this service any more`);
    return inbox;
  }
}
