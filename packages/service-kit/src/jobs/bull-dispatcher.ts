import type { Queue } from 'bull';
import { WakeableLoop } from '../events/wakeable-loop';
import type { JobDispatcher } from './job-dispatcher';
import type { DueJob } from './job-store';

/** Name of the queue; its Redis keys carry the service. */
export const JOB_QUEUE = 'jobs';

const SWEEP_MS = 1_000;
const CONCURRENCY = 8;

/**
 * Spreads due jobs over the replicas through Bull. Redis holds no truth: what it loses is found in the table by
 * the next sweep and added again, and while it is away this process runs what is due itself.
 */
export class BullDispatcher implements JobDispatcher {
  private loop: WakeableLoop | undefined;
  private readonly own = new Map<string, Promise<void>>();

  constructor(
    private readonly queue: Queue<DueJob>,
    private readonly onError: (error: unknown) => void,
  ) {}

  start(due: () => Promise<readonly DueJob[]>, run: (job: DueJob) => Promise<void>): void {
    this.queue.on('error', this.onError);
    this.queue.process(CONCURRENCY, (job) => run(job.data)).catch(this.onError);
    this.loop = new WakeableLoop(
      async () => {
        const jobs = await due();
        if (jobs.length === 0) return false;
        if (this.queue.client.status === 'ready') {
          // One entry per job and claim: adding it again is ignored by Bull until the table says that it is due anew.
          const options = { removeOnComplete: true, removeOnFail: true, attempts: 1 };
          await this.queue.addBulk(jobs.map((data) => ({ data, opts: { ...options, jobId: `${data.id}-${data.fence}` } })));
        } else {
          for (const job of jobs) this.runHere(job, run);
        }
        return false;
      },
      SWEEP_MS,
      this.onError,
    );
    this.loop.start();
  }

  wake(): void {
    this.loop?.wake();
  }

  async stop(): Promise<void> {
    await this.loop?.stop();
    await Promise.all(this.own.values());
    // Waits for the jobs in hand itself; leaving must not fail because Redis left first, what it held is in the table.
    await this.queue.close().catch(this.onError);
  }

  private runHere(job: DueJob, run: (job: DueJob) => Promise<void>): void {
    if (this.own.has(job.id)) return;
    this.own.set(
      job.id,
      run(job)
        .catch(this.onError)
        .finally(() => this.own.delete(job.id)),
    );
  }
}
