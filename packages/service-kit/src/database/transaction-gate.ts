import { AsyncLocalStorage } from 'node:async_hooks';
import { DatabaseBusyError } from './database.errors';

interface Waiting {
  readonly holder: object;
  readonly enter: () => void;
}

/** How long a statement waits for a transaction that it was itself started from, and for any other. */
export interface GatePatience {
  readonly insideMs: number;
  readonly outsideMs: number;
}

const patience: GatePatience = { insideMs: 5_000, outsideMs: 60_000 };

/**
 * SQLite has one connection here, and TypeORM would let parallel transactions run into each other on it. The gate
 * lets one holder at a time pass, first come first served: a query runner holds it from BEGIN to COMMIT or ROLLBACK.
 */
export class TransactionGate {
  private holder: object | null = null;
  private readonly queue: Waiting[] = [];
  private readonly context = new AsyncLocalStorage<object>();

  constructor(private readonly wait: GatePatience = patience) {}

  isHeldBy(holder: object): boolean {
    return this.holder === holder;
  }

  /** Takes the gate at once if nobody has it. */
  tryEnter(holder: object): boolean {
    if (this.holder !== null) return false;
    this.holder = holder;
    return true;
  }

  /** @throws DatabaseBusyError when the gate does not open in time */
  enter(holder: object): Promise<void> {
    if (this.tryEnter(holder)) return Promise.resolve();
    // Waiting from within the very transaction that holds the gate can only end when that part is not awaited.
    const inside = this.context.getStore() === this.holder;
    const limit = inside ? this.wait.insideMs : this.wait.outsideMs;
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        holder,
        enter: () => {
          clearTimeout(timer);
          resolve();
        },
      };
      const timer = setTimeout(() => {
        this.queue.splice(this.queue.indexOf(waiting), 1);
        reject(
          new DatabaseBusyError(
            inside
              ? `a statement inside a transaction was run outside its handle and waited ${limit} ms for it: use the tx that the transaction was given`
              : `a statement waited ${limit} ms for a transaction that does not end`,
          ),
        );
      }, limit);
      this.queue.push(waiting);
    });
  }

  leave(holder: object): void {
    if (this.holder !== holder) return;
    const next = this.queue.shift();
    this.holder = next?.holder ?? null;
    next?.enter();
  }

  /** Marks everything that `work` does as done inside the holder's transaction. */
  within<T>(holder: object, work: () => Promise<T>): Promise<T> {
    return this.context.run(holder, work);
  }
}
