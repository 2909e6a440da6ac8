import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock';
import { Database, type Tx } from '../database/database';
import { idIn, idOut } from '../database/ids';
import { int } from '../database/int';
import { execute } from '../database/rows';
import { FencedOff } from './fenced-off.error';
import { JOB_POLICY, type JobPolicy } from './job-policy';

/** A job that could be started now. */
export interface DueJob {
  readonly id: string;
  readonly name: string;
  readonly fence: number;
}

export interface ClaimedJob extends DueJob {
  readonly key: string;
  readonly payload: object;
  readonly attempt: number;
}

/**
 * Who may run what, decided by conditional updates: of two workers one gets the job, and each claim has a
 * higher fence, so the former owner changes nothing any more. Leases run in the machine's time: a simulated
 * clock that jumps a day must not take jobs away from living workers.
 */
@Injectable()
export class JobStore {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(JOB_POLICY) private readonly policy: JobPolicy,
  ) {}

  /** The oldest jobs of a name that are ready, or whose owner has gone. */
  async due(name: string, limit: number): Promise<DueJob[]> {
    const now = Date.now();
    const rows = await this.database.read((tx) =>
      tx.query<{ job_id: Uint8Array; fence: unknown }[]>(
        `SELECT job_id, fence FROM job WHERE name = ? AND ((state = 'ready' AND run_at <= ?) OR (state = 'running' AND lease_until < ?))
         ORDER BY run_at LIMIT ?`,
        [name, now, now, limit],
      ),
    );
    return rows.map((row) => ({ id: idOut(row.job_id), name, fence: int(row.fence) }));
  }

  /** @returns null when another worker has it, or its attempts are used up because it keeps killing its worker */
  async claim(id: string): Promise<ClaimedJob | null> {
    const now = Date.now();
    return this.database.transaction(async (tx) => {
      const available = "((state = 'ready' AND run_at <= ?) OR (state = 'running' AND lease_until < ?))";
      const claimed = await execute(
        tx,
        `UPDATE job SET state = 'running', attempts = attempts + 1, fence = fence + 1, lease_until = ? WHERE job_id = ? AND attempts <= ? AND ${available}`,
        [now + this.policy.leaseMs, idIn(id), this.policy.waitsMs.length, now, now],
      );
      if (claimed === 0) {
        const lost =
          "UPDATE job SET state = 'failed', error = ?, finished_at = ? WHERE job_id = ? AND state = 'running' AND lease_until < ? AND attempts > ?";
        await execute(tx, lost, ['its worker vanished every time', this.clock.now(), idIn(id), now, this.policy.waitsMs.length]);
        return null;
      }
      const [row] = await tx.query<{ name: string; job_key: string; payload: string; attempts: unknown; fence: unknown }[]>(
        'SELECT name, job_key, payload, attempts, fence FROM job WHERE job_id = ?',
        [idIn(id)],
      );
      if (!row) return null;
      return { id, name: row.name, key: row.job_key, payload: JSON.parse(row.payload), attempt: int(row.attempts), fence: int(row.fence) };
    });
  }

  /** Extends the lease, in the caller's transaction when there is one. @throws FencedOff */
  async renew(job: ClaimedJob, tx?: Tx, progress?: object): Promise<void> {
    const set = progress === undefined ? '' : ', progress = ?';
    const params = [Date.now() + this.policy.leaseMs, ...(progress === undefined ? [] : [JSON.stringify(progress)])];
    await this.change(job, `lease_until = ?${set}`, params, tx);
  }

  async complete(job: ClaimedJob): Promise<void> {
    await this.change(job, "state = 'done', error = NULL, lease_until = NULL, finished_at = ?", [this.clock.now()]);
  }

  /** @returns whether it will be tried again */
  async fail(job: ClaimedJob, error: unknown): Promise<boolean> {
    const wait = this.policy.waitsMs[job.attempt - 1];
    const reason = (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 4_000);
    if (wait === undefined)
      await this.change(job, "state = 'failed', error = ?, lease_until = NULL, finished_at = ?", [reason, this.clock.now()]);
    else await this.change(job, "state = 'ready', error = ?, lease_until = NULL, run_at = ?", [reason, Date.now() + wait]);
    return wait !== undefined;
  }

  private async change(job: ClaimedJob, set: string, params: readonly unknown[], tx?: Tx): Promise<void> {
    const sql = `UPDATE job SET ${set} WHERE job_id = ? AND fence = ? AND state = 'running'`;
    const run = (handle: Tx) => execute(handle, sql, [...params, idIn(job.id), job.fence]);
    if ((await (tx ? run(tx) : this.database.transaction(run))) !== 1) throw new FencedOff(`job ${job.name}/${job.key}`);
  }
}
