import { WakeableLoop } from '../events/wakeable-loop';
import type { DueJob } from './job-store';

/** Says when to try to run which job. It may be wrong in both directions: the table decides. */
export interface JobDispatcher {
  start(due: () => Promise<readonly DueJob[]>, run: (job: DueJob) => Promise<void>): void;
  /** There may be new work. */
  wake(): void;
  /** Starts nothing new, and waits for what is running. */
  stop(): Promise<void>;
}

/** Injects the job dispatcher of a service. */
export const JOB_DISPATCHER = Symbol('JobDispatcher');

const POLL_MS = 500;

/** Looks into the table: twice a second, and whenever this process has committed a job. */
export class TableDispatcher implements JobDispatcher {
  private loop: WakeableLoop | undefined;
  private readonly running = new Map<string, Promise<void>>();

  constructor(private readonly onError: (error: unknown) => void) {}

  start(due: () => Promise<readonly DueJob[]>, run: (job: DueJob) => Promise<void>): void {
    this.loop = new WakeableLoop(
      async () => {
        for (const job of await due()) {
          if (this.running.has(job.id)) continue;
          const work = run(job)
            .catch(this.onError)
            .finally(() => {
              this.running.delete(job.id);
              this.wake();
            });
          this.running.set(job.id, work);
        }
        return false;
      },
      POLL_MS,
      this.onError,
    );
    this.loop.start();
  }

  wake(): void {
    this.loop?.wake();
  }

  async stop(): Promise<void> {
    await this.loop?.stop();
    await Promise.all(this.running.values());
  }
}
