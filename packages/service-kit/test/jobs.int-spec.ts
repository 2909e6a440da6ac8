import { setTimeout as wait } from 'node:timers/promises';
import { databases, eventually } from '@concentric/testing';
import { type DailyRun, FencedOff } from '../src';
import { brand, dispatchers, jobPolicy, work, Workers } from './job.fixture';

const matrix = databases().flatMap((db) => dispatchers(db).map((dispatcher) => ({ name: `${dispatcher} on ${db.name}`, db, dispatcher })));

describe.each(matrix)('jobs, $name', ({ db, dispatcher }) => {
  let workers: Workers;
  // An embedded database has one process; on a server two compete.
  const start = async () => (workers = await Workers.start(db, dispatcher, db.dialect === 'mysql' ? 2 : 1));
  afterEach(() => workers.close());

  it('runs a job once for each key, however often and from wherever it is asked for', async () => {
    await start();
    const seen: string[] = [];
    work.once = async (_payload, { key }) => void seen.push(key);
    const ids = await Promise.all(['a', 'b', 'a', 'b', 'a'].map((key) => workers.enqueue(key)));
    await eventually('nothing pending', async () => (await workers.pending()) === 0);
    expect(seen.sort()).toEqual(['a', 'b']);
    expect(new Set(ids).size).toBe(2);
    expect(await workers.find(ids[0] ?? '')).toMatchObject({ state: 'done', attempts: 1 });
  });

  it('tries a failing job again and then shows why it failed', async () => {
    await start();
    let attempts = 0;
    work.once = async (_payload, run) => {
      attempts = run.attempt;
      throw new Error(`attempt ${run.attempt}`);
    };
    const id = await workers.enqueue();
    const job = await eventually('the job to fail', async () => {
      const found = await workers.find(id);
      return found?.state === 'failed' && found;
    });
    expect(job).toMatchObject({ attempts: 3, error: 'Error: attempt 3' });
    expect(attempts).toBe(3);
  });

  it('fences off a worker that comes back after its lease went to another', async () => {
    await start();
    const outcomes: string[] = [];
    work.once = async (_payload, run) => {
      if (run.attempt > 1) return void outcomes.push('second finished');
      // As after a long pause of the process: the lease has run out and another worker has claimed the job.
      await workers.database.transaction((tx) => tx.query('UPDATE job SET lease_until = 0, fence = fence + 1'));
      await workers.database
        .transaction(async (tx) => {
          await run.heartbeat(tx);
          outcomes.push('late effect');
        })
        .catch((error: unknown) => outcomes.push(error instanceof FencedOff ? 'fenced off' : String(error)));
      await run.heartbeat();
    };
    const id = await workers.enqueue();
    await eventually('both to end', async () => outcomes.length === 2);
    expect(outcomes.sort()).toEqual(['fenced off', 'second finished']);
    await eventually('the job to be done', async () => (await workers.find(id))?.state === 'done');
  });

  it('keeps the lease of a job that takes longer than it', async () => {
    await start();
    let runs = 0;
    work.once = async () => {
      runs += 1;
      await wait(jobPolicy.leaseMs * 3);
    };
    const id = await workers.enqueue();
    await eventually('the job to end', async () => (await workers.find(id))?.state === 'done');
    expect(runs).toBe(1);
  });
});

describe.each(databases())('daily jobs on $name', (db) => {
  let workers: Workers;
  afterEach(() => workers.close());
  const record = () => {
    const done: string[] = [];
    work.first = async ({ businessDate }: DailyRun) => void done.push(`first ${businessDate}`);
    work.second = async ({ businessDate }: DailyRun) => void done.push(`second ${businessDate}`);
    return done;
  };

  it('runs when the day of the brand has ended in its zone, not before', async () => {
    workers = await Workers.start(db, 'table', db.dialect === 'mysql' ? 2 : 1);
    const done = record();
    await workers.knowBrand();
    workers.moveTo('2026-01-01T15:59:59.000Z');
    await wait(50);
    expect(await workers.pending()).toBe(0);
    expect(done).toEqual([]);
    workers.moveTo('2026-01-01T16:00:00.000Z');
    expect(await workers.pending()).toBe(2);
    await eventually('nothing pending', async () => (await workers.pending()) === 0);
    expect(done.sort()).toEqual(['first 2026-01-01', 'second 2026-01-01']);
  });

  it('catches up on every date after a pause, in order, once', async () => {
    workers = await Workers.start(db, 'table', db.dialect === 'mysql' ? 2 : 1);
    const done = record();
    await workers.knowBrand();
    workers.moveTo('2026-07-01T00:00:00.000Z');
    await eventually('nothing pending', async () => (await workers.pending()) === 0, 30_000);
    expect(new Set(done).size).toBe(done.length);
    const first = done.filter((line) => line.startsWith('first'));
    expect(first).toHaveLength(181);
    expect(first).toEqual([...first].sort());
    const rows = await workers.database.read((tx) => tx.query<{ last_date: string }[]>('SELECT last_date FROM job_run'));
    expect(rows.map(({ last_date }) => last_date)).toEqual(['2026-06-30', '2026-06-30']);
  });

  it('tries a failing day again before any later day, while other jobs go on', async () => {
    workers = await Workers.start(db, 'table', 1);
    const done = record();
    let failures = 0;
    work.first = async ({ businessDate }: DailyRun) => {
      if (businessDate === '2026-01-02' && (failures += 1) < 4) throw new Error('not today');
      done.push(`first ${businessDate}`);
    };
    await workers.knowBrand();
    workers.moveTo('2026-01-04T00:00:00.000Z');
    await eventually('nothing pending', async () => (await workers.pending()) === 0);
    expect(done.filter((line) => line.startsWith('first'))).toEqual(['first 2026-01-01', 'first 2026-01-02', 'first 2026-01-03']);
    expect(done.indexOf('second 2026-01-03')).toBeLessThan(done.indexOf('first 2026-01-02'));
  });

  it('begins with the date on which the brand became known', async () => {
    workers = await Workers.start(db, 'table', 1);
    const done = record();
    workers.moveTo('2026-03-05T00:00:00.000Z');
    await workers.knowBrand();
    await workers.knowBrand({ ...brand, name: 'Renamed' });
    workers.moveTo('2026-03-06T00:00:00.000Z');
    await eventually('the first day', async () => done.length > 0 && (await workers.pending()) === 0);
    expect(done.sort()).toEqual(['first 2026-03-05', 'second 2026-03-05']);
  });
});
