// The books at size, on MariaDB: a month of so many lines is settled, then orders are booked on top of it and read.
//   node test/load/size.mjs [--lines 1000000] [--orders 20000] [--partners 100000]
import { Books, MORNING } from './books.mjs';
import { grow, writeAgain } from './grow.mjs';
import { measured, report } from './measure.mjs';
import { onDatabases, readOptions } from './options.mjs';
import { rawSettlement, settled } from './raw-settlement.mjs';

const options = readOptions({ lines: '1000000', orders: '20000', partners: '100000' });
const [lines, orders] = [Number(options.lines), Number(options.orders)];
const SEED = 20_000;
const WARM_UP = 5_000;
const QUESTIONS = 300;
const NEXT_MONTH = MORNING + 20 * 86_400_000;
const NEXT_DATE = '2026-04-04';
/** What the stage writes for orders of the next month; balances are a handful of rows. */
const WRITTEN = {
  purchase: `business_date = '${NEXT_DATE}'`,
  binding: `valid_from > ${NEXT_MONTH}`,
  commission_line: "period_id = '2026-04'",
  commission_state: "origin_period = '2026-04'",
  ledger_txn: "period_id = '2026-04'",
  ledger_entry: "period_id = '2026-04'",
};

/** The times (ms) that 19 of 20 questions stay below. */
async function p95(ask) {
  const times = [];
  for (let n = 0; n < QUESTIONS; n += 1) {
    const began = performance.now();
    await ask(n);
    times.push(performance.now() - began);
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length * 0.95)].toFixed(0);
}

await onDatabases('mariadb', async (database) => {
  const books = await Books.open(database);
  const connection = await books.connect();
  await connection.run('SET GLOBAL innodb_buffer_pool_size = 6 * 1024 * 1024 * 1024');
  await connection.run('SET GLOBAL innodb_log_file_size = 2 * 1024 * 1024 * 1024');
  await books.take(books.prepare(SEED));
  books.clock.set(NEXT_MONTH);
  await books.quiet();
  const seeded = await books.count('commission_line');
  const given = await books.count('partner');
  const copies = Math.max(1, Math.round(lines / seeded) - 1);
  const networks = Math.min(copies, Math.max(1, Math.round(Number(options.partners) / given) - 1));
  const growth = await measured(() => grow(connection, { orders: copies, networks }));
  report(
    `grown to ${(seeded * (copies + 1)).toLocaleString('en')} lines`,
    { lines: seeded * copies },
    growth,
    ` · ${(given * (networks + 1)).toLocaleString('en')} partners`,
  );

  await books.closePeriod('2026-03');
  const settlement = await measured(() => settled(books, NEXT_MONTH + 1));
  const statements = await books.count('statement');
  report('settlement', { statements, lines: seeded * (copies + 1) }, settlement);
  const raw = await measured(() => rawSettlement(connection, database.dialect));
  report('raw statement', { statements }, raw);
  await books.rows("UPDATE settlement_run SET state = 'RUNNING'");
  const again = await measured(() => settled(books, NEXT_MONTH + 2));
  report('settlement again', { statements }, again);
  console.log(
    `ratios of settlement: ${(settlement.seconds / raw.seconds).toFixed(1)} (bar: 3), again ${(again.seconds / raw.seconds).toFixed(1)} (bar: 5)`,
  );

  await books.take(books.prepare(WARM_UP, SEED, NEXT_DATE));
  const batches = books.prepare(orders, SEED + WARM_UP, NEXT_DATE);
  const stage = await measured(() => books.take(batches));
  report('stage', { orders }, stage);
  const floor = await writeAgain(books.connect, WRITTEN, Math.round((batches.length * (orders + WARM_UP)) / orders));
  report('floor', { orders: orders + WARM_UP, rows: floor.result }, floor);
  console.log(`ratio of the stage: ${(((orders / stage.seconds) * floor.seconds) / (orders + WARM_UP)).toFixed(2)} (bar: 0.5)`);

  const some = await books.rows(`SELECT LOWER(HEX(statement_id)) AS id FROM statement LIMIT ${QUESTIONS}`);
  const earned = await books.rows(`SELECT LOWER(HEX(line_id)) AS id FROM commission_line WHERE period_id = '2026-03' LIMIT ${QUESTIONS}`);
  const id = ({ id: hex }) => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  const get = (path) => books.call('GET', path);
  const asked = {
    'statement, why': (n) => get(`/statements/${id(some[n % some.length])}/why`),
    'statement, lines': (n) => get(`/statements/${id(some[n % some.length])}/why/lines?part=earned`),
    'line, why': (n) => get(`/commission-lines/${id(earned[n % earned.length])}/why`),
    'review, a period by state': () => get('/statements?period=2026-03&state=DRAFT&outcome=pay'),
    'review, by amount': () => get('/statements?period=2026-03&sort=-netMinor'),
  };
  for (const [name, ask] of Object.entries(asked)) console.log(`${name}: p95 ${await p95(ask)} ms`);
  await connection.close();
  await books.close();
});
process.exit(0);
