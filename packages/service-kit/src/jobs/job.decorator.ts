import 'reflect-metadata';
import type { Tx } from '../database/database';

/** One run of a job, as its method sees it. */
export interface JobRun {
  readonly id: string;
  readonly key: string;
  /** 1 for the first. */
  readonly attempt: number;
  /**
   * Keeps the lease. With `tx`, as part of that transaction: its effect then commits only if this
   * run is still the owner. @throws FencedOff when another worker has taken over
   */
  heartbeat(tx?: Tx): Promise<void>;
  /** Shows how far the run is, and keeps the lease. @throws FencedOff */
  progress(state: object): Promise<void>;
}

/** One day of one brand that has ended. */
export interface DailyRun {
  readonly brandId: string;
  readonly businessDate: string;
}

export type JobMethod = (payload: object, run: JobRun) => Promise<void>;
export type DailyJobMethod = (run: DailyRun) => Promise<void>;

interface Declared {
  readonly method: string | symbol;
  readonly name: string;
}

const JOBS = Symbol('concentric:jobs');
const DAILY_JOBS = Symbol('concentric:daily-jobs');

function declare(kind: symbol, name: string): MethodDecorator {
  if (!/^[a-z0-9-]+$/.test(name)) throw new Error(`job name ${name} is not kebab-case`);
  return (target, method) => {
    const declared: readonly Declared[] = Reflect.getOwnMetadata(kind, target.constructor) ?? [];
    Reflect.defineMetadata(kind, [...declared, { method, name }], target.constructor);
  };
}

/**
 * Marks `(payload, run: JobRun) => Promise<void>` as the work of a job. Within a process one run of a
 * name at a time. A run that throws is tried again with back-off, then shown as failed.
 */
export function Job(name: string, _options: { concurrency?: 1 } = {}): MethodDecorator {
  return declare(JOBS, name);
}

/**
 * Marks `(run: { brandId, businessDate }) => Promise<void>` as work to do once per brand and business
 * date, in order of dates, as soon as the clock has passed the end of that date in the brand's zone.
 * A day that fails is tried again with back-off; later days of that brand wait for it. It may run again
 * after a crash, so it must be repeatable for a date.
 */
export function DailyJob(name: string): MethodDecorator {
  return declare(DAILY_JOBS, name);
}

export const jobsOf = (owner: object): readonly Declared[] => Reflect.getOwnMetadata(JOBS, owner) ?? [];
export const dailyJobsOf = (owner: object): readonly Declared[] => Reflect.getOwnMetadata(DAILY_JOBS, owner) ?? [];
