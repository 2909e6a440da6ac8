import { Injectable } from '@nestjs/common';
import { afterCommit, type Tx } from '@concentric/service-kit';

/** Wakes whoever decides as soon as something has arrived. A hint within one process; polling finds what it misses. */
@Injectable()
export class ArrivalSignal {
  private readonly listeners: (() => void)[] = [];

  on(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** Once this transaction has committed. */
  after(tx: Tx): void {
    afterCommit(tx, () => this.ring());
  }

  ring(): void {
    for (const listener of this.listeners) listener();
  }
}
