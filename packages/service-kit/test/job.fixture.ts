import { randomUUID } from 'node:crypto';
import { freshSchema, serverUrls, type TestDatabase, type TestSchema } from '@concentric/testing';
import { Injectable, Module } from '@nestjs/common';
import {
  BrandDirectory,
  type BrandInput,
  createService,
  DailyJob,
  type DailyRun,
  Database,
  Job,
  type JobPolicy,
  Jobs,
  type JobRun,
  type RunningService,
  SimulatedClock,
} from '../src';
import { DailyScheduler } from '../src/jobs/daily-scheduler';

/** What the jobs do; a test replaces it. Shared by all processes of a spec, as their effects would be. */
export const work = {
  once: async (_payload: object, _run: JobRun): Promise<void> => undefined,
  first: async (_run: DailyRun): Promise<void> => undefined,
  second: async (_run: DailyRun): Promise<void> => undefined,
};

@Injectable()
class SpecJobs {
  @Job('spec-once')
  once(payload: object, run: JobRun): Promise<void> {
    return work.once(payload, run);
  }

  @DailyJob('spec-first')
  first(run: DailyRun): Promise<void> {
    return work.first(run);
  }

  @DailyJob('spec-second')
  second(run: DailyRun): Promise<void> {
    return work.second(run);
  }
}
@Module({ providers: [SpecJobs] })
class SpecModule {}

export type DispatcherName = 'table' | 'bull';
/** Bull runs beside a server database only. */
export const dispatchers = (db: TestDatabase): DispatcherName[] =>
  serverUrls.redis === undefined || db.dialect === 'sqlite' ? ['table'] : ['table', 'bull'];

export const jobPolicy: JobPolicy = { leaseMs: 400, waitsMs: [20, 40] };

export const brand: BrandInput = {
  brandId: '11111111-1111-4111-8111-111111111111',
  code: 'spec',
  name: 'Spec',
  zone: 'Asia/Shanghai',
  currency: 'CNY',
  channels: [],
};

/** Processes of one service on one database. */
export class Workers {
  readonly clock = new SimulatedClock();
  readonly processes: RunningService[] = [];
  private schema: TestSchema;

  static async start(db: TestDatabase, dispatcher: DispatcherName, processes: number): Promise<Workers> {
    const workers = new Workers();
    workers.schema = await freshSchema(db, 'commerce');
    workers.clock.set(Date.parse('2026-01-01T12:00:00.000Z'));
    const { amqpUrl: _amqp, redisUrl: _redis, ...config } = workers.schema.config;
    const redis = dispatcher === 'bull' ? { redisUrl: `${serverUrls.redis}/${Math.floor(Math.random() * 15)}` } : {};
    for (let at = 0; at < processes; at += 1) {
      workers.processes.push(
        await createService(
          { name: 'commerce', module: SpecModule, entities: [], migrations: [] },
          { config: { ...config, ...redis }, clock: workers.clock, jobPolicy },
        ),
      );
    }
    return workers;
  }

  get database(): Database {
    return this.one.app.get(Database);
  }

  get one(): RunningService {
    const [one] = this.processes;
    if (!one) throw new Error('no process was started');
    return one;
  }

  enqueue(key: string = randomUUID(), payload: object = {}): Promise<string> {
    return this.database.transaction((tx) => this.one.app.get(Jobs).enqueue(tx, 'spec-once', key, payload));
  }

  find(id: string) {
    return this.one.app.get(Jobs).find(id);
  }

  knowBrand(input: BrandInput = brand): Promise<void> {
    return this.database.transaction((tx) => this.one.app.get(BrandDirectory).save(tx, input));
  }

  /** Moves the clock and lets every process know. */
  moveTo(instant: string): void {
    this.clock.set(Date.parse(instant));
    for (const { app } of this.processes) app.get(DailyScheduler).wake();
  }

  async pending(): Promise<number> {
    const { pendingWork } = await this.one.flow.snapshot();
    return (pendingWork['jobs'] ?? 0) + (pendingWork['daily-jobs'] ?? 0);
  }

  async close(): Promise<void> {
    await Promise.all(this.processes.map((service) => service.close()));
    await this.schema.drop();
    work.once = work.first = work.second = async () => undefined;
  }
}
