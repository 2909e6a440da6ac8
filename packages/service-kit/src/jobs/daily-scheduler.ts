import { Inject, Injectable, Logger } from '@nestjs/common';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { WakeableLoop } from '../events/wakeable-loop';
import { MessageFlow } from '../events/message-flow';
import { Metrics } from '../observability/metrics';
import { DailyRuns, type DueRun, type OwnedRun } from './daily-runs';
import { FencedOff } from './fenced-off.error';
import type { DailyJobMethod } from './job.decorator';
import { JobMethods } from './job-methods';
import { JOB_POLICY, type JobPolicy } from './job-policy';
import { keepLease } from './lease';

const TICK_MS = 500;

/** Starts daily jobs when the clock has passed the end of a brand's day, and catches up after a pause, oldest date first. */
@Injectable()
export class DailyScheduler {
  private readonly logger = new Logger('jobs');
  private readonly loop = new WakeableLoop(
    () => this.tick(),
    TICK_MS,
    (error) => this.logger.warn({ msg: 'daily jobs pause', reason: error instanceof Error ? error.message : String(error) }),
  );
  private methods = new Map<string, DailyJobMethod>();
  private stopping = false;

  constructor(
    private readonly runs: DailyRuns,
    private readonly found: JobMethods,
    private readonly flow: MessageFlow,
    private readonly metrics: Metrics,
    @Inject(JOB_POLICY) private readonly policy: JobPolicy,
  ) {}

  start(): void {
    this.methods = this.found.dailyJobs();
    if (this.methods.size === 0) return;
    this.flow.registerPending('daily-jobs', () => this.countDue());
    this.metrics.gauge('daily_jobs_due', 'Days of brands that daily jobs have not done yet', [], async (gauge) =>
      gauge.set(await this.countDue()),
    );
    this.loop.start();
  }

  /** The clock has moved. */
  wake(): void {
    this.loop.wake();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.loop.stop();
  }

  private async countDue(): Promise<number> {
    return (await this.runs.due([...this.methods.keys()])).reduce((sum, { days }) => sum + days, 0);
  }

  private async tick(): Promise<boolean> {
    const now = Date.now();
    const open = (await this.runs.due([...this.methods.keys()])).filter((run) => run.leaseUntil < now && run.nextAttemptAt <= now);
    const owned: { run: OwnedRun; date: string; days: number }[] = [];
    for (const due of open) await this.claim(due, owned);
    let worked = false;
    try {
      // All jobs of a date before the next date: a later job may build on what an earlier one did that day.
      while (owned.length > 0 && !this.stopping) {
        const date = owned.reduce((least, one) => (one.date < least ? one.date : least), owned[0]?.date ?? '');
        for (const one of owned.filter((each) => each.date === date)) {
          if (this.stopping) break;
          worked = true;
          const next = await this.runDay(one.run, date, one.days > 1);
          one.days -= 1;
          if (next === null || one.days === 0) owned.splice(owned.indexOf(one), 1);
          else one.date = next;
          await nextTurn();
        }
      }
    } finally {
      for (const { run } of owned) await this.runs.release(run).catch(() => undefined);
    }
    return worked && !this.stopping;
  }

  private async claim(due: DueRun, owned: { run: OwnedRun; date: string; days: number }[]): Promise<void> {
    const run = await this.runs.claim(due);
    if (run) owned.push({ run, date: due.date, days: due.days });
  }

  /** @returns the next date, or null when this run has to be let go */
  private async runDay(run: OwnedRun, businessDate: string, more: boolean): Promise<string | null> {
    const release = keepLease(this.policy.leaseMs, () => this.runs.renew(run));
    try {
      await this.methods.get(run.job)?.({ brandId: run.brand.brandId, businessDate });
      return await this.runs.complete(run, businessDate, more);
    } catch (error) {
      const lost = error instanceof FencedOff;
      if (lost) this.metrics.counter('job_stalled_total', 'Jobs whose worker lost its lease', ['job']).inc({ job: run.job });
      else await this.runs.fail(run, error).catch(() => undefined);
      const reason = error instanceof Error ? error.message : String(error);
      this.logger[lost ? 'warn' : 'error']({ msg: 'daily job not done', job: run.job, brand: run.brand.code, businessDate, reason });
      return null;
    } finally {
      release();
    }
  }
}
