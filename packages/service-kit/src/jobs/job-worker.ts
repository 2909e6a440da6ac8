import { Inject, Injectable, Logger } from '@nestjs/common';
import { CommitSignal } from '../events/commit-signal';
import { Metrics } from '../observability/metrics';
import { FencedOff } from './fenced-off.error';
import type { JobMethod, JobRun } from './job.decorator';
import { JOB_DISPATCHER, type JobDispatcher } from './job-dispatcher';
import { JobMethods } from './job-methods';
import { JOB_POLICY, type JobPolicy } from './job-policy';
import { type ClaimedJob, type DueJob, JobStore } from './job-store';
import { keepLease } from './lease';

/** Runs the jobs of this service, one of each name at a time. */
@Injectable()
export class JobWorker {
  private readonly logger = new Logger('jobs');
  private readonly turns = new Map<string, Promise<void>>();
  private methods = new Map<string, JobMethod>();
  private stopping = false;

  constructor(
    private readonly store: JobStore,
    private readonly found: JobMethods,
    private readonly committed: CommitSignal,
    private readonly metrics: Metrics,
    @Inject(JOB_DISPATCHER) private readonly dispatcher: JobDispatcher,
    @Inject(JOB_POLICY) private readonly policy: JobPolicy,
  ) {}

  start(): void {
    this.methods = this.found.jobs();
    if (this.methods.size === 0) return;
    this.dispatcher.start(
      () => this.due(),
      (job) => this.inTurn(job),
    );
    this.committed.on('job', () => this.dispatcher.wake());
  }

  async stop(): Promise<void> {
    this.stopping = true;
    if (this.methods.size > 0) await this.dispatcher.stop();
  }

  private async due(): Promise<DueJob[]> {
    const jobs: DueJob[] = [];
    for (const name of this.methods.keys()) jobs.push(...(await this.store.due(name, 10)));
    return jobs;
  }

  private inTurn(job: DueJob): Promise<void> {
    const turn = (this.turns.get(job.name) ?? Promise.resolve()).then(() => this.run(job));
    this.turns.set(
      job.name,
      turn.catch(() => undefined),
    );
    return turn;
  }

  private async run({ id }: DueJob): Promise<void> {
    if (this.stopping) return;
    const job = await this.store.claim(id);
    if (!job) return;
    const method = this.methods.get(job.name);
    const release = keepLease(this.policy.leaseMs, () => this.store.renew(job));
    try {
      await method?.(job.payload, this.runOf(job));
      await this.store.complete(job);
      this.metrics.counter('job_completed_total', 'Jobs done', ['job']).inc({ job: job.name });
    } catch (error) {
      await this.conclude(job, error);
    } finally {
      release();
    }
  }

  private async conclude(job: ClaimedJob, error: unknown): Promise<void> {
    if (error instanceof FencedOff) {
      this.metrics.counter('job_stalled_total', 'Jobs whose worker lost its lease', ['job']).inc({ job: job.name });
      this.logger.warn({ msg: 'job went to another worker', job: job.name, id: job.id });
      return;
    }
    const again = await this.store.fail(job, error).catch(() => true);
    const reason = error instanceof Error ? error.message : String(error);
    this.logger[again ? 'warn' : 'error']({
      msg: again ? 'job will be tried again' : 'job failed',
      job: job.name,
      id: job.id,
      attempt: job.attempt,
      reason,
    });
    this.metrics.counter('job_failed_attempts_total', 'Attempts at a job that failed', ['job']).inc({ job: job.name });
  }

  private runOf(job: ClaimedJob): JobRun {
    return {
      id: job.id,
      key: job.key,
      attempt: job.attempt,
      heartbeat: (tx) => this.store.renew(job, tx),
      progress: (state) => this.store.renew(job, undefined, state),
    };
  }
}
