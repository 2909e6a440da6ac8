import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Jobs, newId } from '@concentric/service-kit';
import { databases, freshSchema } from '@concentric/testing';
import { ImportRunRepository } from '../src/import/import-run.repository';
import { Commerce, order, settled } from './commerce.fixture';

const orders = 3_100;

describe.each(databases())('an import that is killed, on $name', (db) => {
  it('goes on where it was and neither loses nor doubles anything', async () => {
    const schema = await freshSchema(db, 'commerce');
    // Idle, so that only the processes that are to die take the job up.
    const first = await Commerce.on(schema, true);
    const brand = await first.brand();
    const importId = newId(first.clock);
    const lines = Array.from({ length: orders }, (_, at) =>
      at % 100 === 99 ? '{"broken":' : JSON.stringify(order(`K-${at}`, { lines: [{ sku: 'tea', netMinor: at }] })),
    );
    mkdirSync(first.importFolder, { recursive: true });
    writeFileSync(join(first.importFolder, importId), lines.join('\n'));
    const { database } = first;
    const [runs, jobs] = [first.service.app.get(ImportRunRepository), first.service.app.get(Jobs)];
    await database.transaction(async (tx) => {
      await runs.insert(
        tx,
        {
          importId,
          brandId: brand.brandId,
          kind: 'orders',
          format: 'ndjson',
          isGzip: false,
          channel: null,
          bytesTotal: lines.join('\n').length,
          name: null,
          createdBy: 'spec',
        },
        0,
      );
      await jobs.enqueue(tx, 'import-file', importId, { importId });
    });
    await first.service.close();

    const { amqpUrl: _amqp, redisUrl: _redis, ...config } = schema.config;
    for (const passes of [1, 2]) expect(await die(JSON.stringify(config), `import-batch-committed:${passes}`)).toBe('SIGKILL');

    const last = await Commerce.on(schema);
    try {
      const found = last.brandOf(brand.brandId);
      expect(await settled(found, importId)).toMatchObject({
        state: 'completed',
        rowsRead: orders,
        accepted: orders - 31,
        unchanged: 0,
        rejected: 31,
      });
      const paid = await found.paid();
      expect(paid).toHaveLength(orders - 31);
      expect(new Set(paid.map((event) => event.orderId)).size).toBe(orders - 31);
      const stored: { n: unknown }[] = await last.database.read((tx) => tx.query('SELECT COUNT(*) AS n FROM order_header'));
      expect(Number(stored[0]?.n)).toBe(orders - 31);
      const rejects = (await found.call('GET', `/imports/${importId}/rejects?limit=500`)).body.data;
      expect(rejects.map((one: { line: number }) => one.line)).toEqual(Array.from({ length: 31 }, (_, at) => (at + 1) * 100));
    } finally {
      await last.stop();
    }
  }, 180_000);
});

/** @returns the signal that ended the process */
function die(config: string, crashPoint: string): Promise<string | null> {
  const child = spawn(
    process.execPath,
    ['--conditions=source', '-r', join(__dirname, 'run-typescript.cjs'), join(__dirname, 'dying-import.ts'), config],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, CRASH_POINT: crashPoint, NODE_ENV: 'test' },
    },
  );
  return new Promise((resolve, reject) => {
    const tooLong = setTimeout(() => child.kill('SIGTERM'), 50_000);
    child.on('error', reject);
    child.on('exit', (_, signal) => {
      clearTimeout(tooLong);
      resolve(signal);
    });
  });
}
