// The whole line: orders taken in over HTTP, attributed, split, booked, matured, closed and counted, as a replay does it.
//   node test/load/line.mjs [--orders 30000] [--days 10] [--shape all-in-one|services] [--synchronous full|normal|off]
import replay from '@concentric/replay';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
// @boundaries-ignore launchers are no package: they run before anything is installed
import { serviceEnv } from '../../infra/local/env.mjs';
// @boundaries-ignore launchers are no package: they run before anything is installed
import { namesOf } from '../../infra/local/provision.mjs';
import { buyerOf, lineOf, partners, plan } from './facts.mjs';
import { writeFloor } from './floor.mjs';
import { measured, report } from './measure.mjs';
import { readOptions, withServers } from './options.mjs';
import { mysqlConnection, sqliteConnection } from './raw.mjs';

const options = readOptions({ orders: '30000', days: '10', shape: 'all-in-one', synchronous: 'full' });
const ROOT = resolve(import.meta.dirname, '../..');
const FIRST = Date.parse('2026-03-01T00:00:00.000Z');
const DAY = 86_400_000;
const PIECE = 2_000;
const dateOf = (day) => new Date(FIRST + day * DAY).toISOString().slice(0, 10);

function orderOf(n, at) {
  const { netMinor, ...served } = lineOf(n);
  return {
    channel: 'till',
    externalId: `o-${n}`,
    status: 'completed',
    placedAt: new Date(at).toISOString(),
    currency: 'CNY',
    buyer: [{ type: 'external', value: `buyer-${buyerOf(n)}` }],
    lines: [{ sku: `sku-${n % 300}`, quantity: 1, netMinor, ...served }],
  };
}

/** Days of equal size, in pieces; the network arrives with the first. */
async function* daysOf(orders, days) {
  for (let day = 0; day < days; day += 1) {
    const [from, to] = [Math.floor((orders * day) / days), Math.floor((orders * (day + 1)) / days)];
    for (let at = from; at < to; at += PIECE) {
      const piece = Array.from({ length: Math.min(PIECE, to - at) }, (_, index) =>
        orderOf(at + index, FIRST + day * DAY + (at + index - from) * 10),
      );
      const network = day === 0 && at === from ? partners().map((partner) => ({ ...partner, validFrom: '2020-01-01 00:00:00' })) : [];
      yield { businessDate: dateOf(day), products: [], partners: network, orders: piece, refunds: [], expenses: [] };
    }
  }
}

async function live(target, orders, days) {
  const crew = await replay.hireCrew(target.urls, target.adminPassword);
  await replay.setClocks(crew.operations, FIRST);
  const brandId = await replay.openBrand(
    { setup: crew.admin, author: crew.author, approver: crew.approver },
    {
      brand: {
        code: `load-${randomUUID().slice(0, 8)}`,
        name: 'Load',
        zone: 'UTC',
        currency: 'CNY',
        channels: [{ code: 'till', domain: 'offline', name: 'Till' }],
      },
      plans: [plan],
      registerOnPurchase: true,
      settings: {
        bindingMode: 'first',
        protectionDays: null,
        bindTo: ['guide'],
        holdingDays: 3,
        holdingDaysByChannel: {},
        minimumPayoutMinor: 0,
        autoClose: true,
        bindingDelaySeconds: null,
      },
    },
  );
  let commissions = 0;
  const run = await measured(async () => {
    const asOf = dateOf(days + 5);
    await replay.runHistory({
      session: crew.operations,
      brandId,
      zone: 'UTC',
      channels: ['till'],
      days: daysOf(orders, days),
      firstDate: dateOf(0),
      asOf,
      onReject: (reject) => {
        throw new Error(JSON.stringify(reject));
      },
    });
  });
  const { data } = await crew.auditor.get('distribution', `/brands/${brandId}/commission-summary`);
  for (const { lines } of data) commissions += lines;
  return { ...run, result: commissions };
}

async function bench(shape, databasesAfter) {
  const orders = Number(options.orders);
  const folder = mkdtempSync(join(tmpdir(), 'concentric-load-'));
  try {
    const target = await replay.startTarget(shape, ROOT, folder, { SQLITE_SYNCHRONOUS: options.synchronous });
    const line = await live(target, orders, Number(options.days)).finally(() => target.stop());
    report(`line, ${shape}`, { orders, lines: line.result }, line);
    const floor = await writeFloor(databasesAfter(folder), {
      batches: Math.ceil(orders / 500),
      writers: shape === 'services' ? 2 : 1,
      ignored: ['migration'],
    });
    report('floor', { orders, rows: floor.result }, floor, ` · ${(floor.result / orders).toFixed(1)} rows per order`);
    console.log(`ratio: ${(floor.seconds / line.seconds).toFixed(2)}; bar: 500 orders/s all-in-one`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const embedded = (folder) =>
  readdirSync(join(folder, 'data'))
    .filter((name) => name.endsWith('.sqlite'))
    .map((name) => async () => sqliteConnection(join(folder, 'data', name), options.synchronous));

if (options.shape === 'all-in-one') await bench('all-in-one', embedded);
else {
  await withServers(async ({ dir, adminUrl }) => {
    Object.assign(process.env, serviceEnv(dir));
    const services = ['commerce', 'membership', 'distribution', 'indicators'];
    await bench('services', () => services.map((service) => () => mysqlConnection(adminUrl, namesOf(service).schema)));
  });
}
process.exit(0);
