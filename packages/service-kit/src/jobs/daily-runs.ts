import { Inject, Injectable } from '@nestjs/common';
import { type Brand, BrandDirectory } from '../brand/brand-directory';
import { Clock } from '../clock/clock';
import { dateOfDay, dayNumber, nextDate } from '../clock/dates';
import { Database } from '../database/database';
import { idIn, idOut } from '../database/ids';
import { int } from '../database/int';
import { execute, insertRows } from '../database/rows';
import { FencedOff } from './fenced-off.error';
import { JOB_POLICY, type JobPolicy } from './job-policy';

/** A daily job of one brand that has days to do. */
export interface DueRun {
  readonly job: string;
  readonly brand: Brand;
  /** The next date to do. */
  readonly date: string;
  /** How many dates are due, this one included. */
  readonly days: number;
  readonly attempts: number;
  readonly leaseUntil: number;
  readonly nextAttemptAt: number;
}

/** A run this process owns. */
export interface OwnedRun {
  readonly job: string;
  readonly brand: Brand;
  readonly fence: number;
  readonly attempts: number;
}

interface Row {
  readonly job: string;
  readonly brand_id: Uint8Array;
  readonly last_date: string;
  readonly attempts: unknown;
  readonly lease_until: unknown;
  readonly next_attempt_at: unknown;
}

/** How far every daily job is with every brand: one row each, owned by lease and fence while days are being done. */
@Injectable()
export class DailyRuns {
  constructor(
    private readonly database: Database,
    private readonly brands: BrandDirectory,
    private readonly clock: Clock,
    @Inject(JOB_POLICY) private readonly policy: JobPolicy,
  ) {}

  /** What the clock has made due, oldest date first, then in the order of `jobs`. */
  async due(jobs: readonly string[]): Promise<DueRun[]> {
    const brands = await this.brands.all();
    if (brands.length === 0) return [];
    const rows = await this.database.read((tx) =>
      tx.query<Row[]>('SELECT job, brand_id, last_date, attempts, lease_until, next_attempt_at FROM job_run'),
    );
    const known = new Map(rows.map((row) => [`${row.job}/${idOut(row.brand_id)}`, row]));
    const now = this.clock.now();
    const due: DueRun[] = [];
    for (const brand of brands) {
      const today = dayNumber(brand.calendar.businessDate(now));
      for (const job of jobs) {
        const row = known.get(`${job}/${brand.brandId}`);
        const last = row ? dayNumber(row.last_date) : dayNumber(brand.knownOn) - 1;
        const days = today - 1 - last;
        if (days <= 0) continue;
        const [attempts, leaseUntil, nextAttemptAt] = row ? [row.attempts, row.lease_until, row.next_attempt_at].map(int) : [];
        due.push({
          job,
          brand,
          date: dateOfDay(last + 1),
          days,
          attempts: attempts ?? 0,
          leaseUntil: leaseUntil ?? 0,
          nextAttemptAt: nextAttemptAt ?? 0,
        });
      }
    }
    return due.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  }

  /** @returns null when another process does these days */
  async claim(run: DueRun): Promise<OwnedRun | null> {
    const now = Date.now();
    return this.database.transaction(async (tx) => {
      const key = [run.job, idIn(run.brand.brandId)];
      const columns = ['job', 'brand_id', 'last_date', 'attempts', 'fence', 'lease_until', 'next_attempt_at', 'updated_at'];
      const first = dateOfDay(dayNumber(run.brand.knownOn) - 1);
      await insertRows(tx, 'job_run', columns, [[...key, first, 0, 0, 0, 0, now]], 'ignore');
      // The date is part of the condition: another process may have done it since it was read.
      const sql = `UPDATE job_run SET fence = fence + 1, lease_until = ?, updated_at = ?
        WHERE job = ? AND brand_id = ? AND last_date = ? AND lease_until < ? AND next_attempt_at <= ?`;
      const before = dateOfDay(dayNumber(run.date) - 1);
      if ((await execute(tx, sql, [now + this.policy.leaseMs, now, ...key, before, now, now])) !== 1) return null;
      const [row] = await tx.query<{ fence: unknown; attempts: unknown }[]>(
        'SELECT fence, attempts FROM job_run WHERE job = ? AND brand_id = ?',
        key,
      );
      return row ? { job: run.job, brand: run.brand, fence: int(row.fence), attempts: int(row.attempts) } : null;
    });
  }

  /** @throws FencedOff */
  async renew(run: OwnedRun): Promise<void> {
    await this.change(run, 'lease_until = ?', [Date.now() + this.policy.leaseMs]);
  }

  /** Records a date as done; keeps the lease only when more dates follow. @returns the next date. @throws FencedOff */
  async complete(run: OwnedRun, date: string, more: boolean): Promise<string> {
    const lease = more ? Date.now() + this.policy.leaseMs : 0;
    await this.change(run, 'last_date = ?, attempts = 0, next_attempt_at = 0, error = NULL, lease_until = ?', [date, lease]);
    return nextDate(date);
  }

  /** Lets go of the run until its next attempt. @throws FencedOff */
  async fail(run: OwnedRun, error: unknown): Promise<void> {
    const { waitsMs } = this.policy;
    const wait = waitsMs[Math.min(run.attempts, waitsMs.length - 1)] ?? 1_000;
    const reason = (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 4_000);
    await this.change(run, 'attempts = attempts + 1, error = ?, next_attempt_at = ?, lease_until = 0', [reason, Date.now() + wait]);
  }

  async release(run: OwnedRun): Promise<void> {
    await this.change(run, 'lease_until = 0', []);
  }

  private async change(run: OwnedRun, set: string, params: readonly unknown[]): Promise<void> {
    const sql = `UPDATE job_run SET ${set}, updated_at = ? WHERE job = ? AND brand_id = ? AND fence = ?`;
    const values = [...params, Date.now(), run.job, idIn(run.brand.brandId), run.fence];
    const changed = await this.database.transaction((tx) => execute(tx, sql, values));
    if (changed !== 1) throw new FencedOff(`daily job ${run.job}`);
  }
}
