// The books at size, on MariaDB: a month of so many lines is settled, then orders are booked on top of it and read.
//   node test/load/size.mjs [--lines 1000000] [--orders 20000] [--partners 100000]
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Books, MORNING } from './books.mjs';
import { grow, rowsAgain, writeAgain } from './grow.mjs';
import { measured, report } from './measure.mjs';
import { readOptions, withMariadb } from './options.mjs';
import { mysqlConnection } from './raw.mjs';
import { rawSettlement, settled } from './raw-settlement.mjs';

const options = readOptions({ lines: '1000000', orders: '20000', partners: '100000', folder: '', seed: '20000' });
const [lines, orders] = [Number(options.lines), Number(options.orders)];
const SEED = Number(options.seed);
const WARM_UP = 5_000;
const QUESTIONS = 100;
const NEXT_MONTH = MORNING + 20 * 86_400_000;
const NEXT_DATE = '2026-04-04';
/** Facts that the stage publishes. */
const PUBLISHED = ['commission-accrued', 'binding-changed'];

/** What the stage writes for orders of the next month, found without reading everything; balances and notes of what was taken in are a handful of rows. */
function writtenSince(brandId) {
  const brand = `brand_id = UNHEX('${brandId.replaceAll('-', '')}')`;
  const lines = `${brand} AND occurred_at >= ${NEXT_MONTH}`;
  const transactions = `txn_id > UNHEX('${NEXT_MONTH.toString(16).padStart(12, '0')}') AND period_id = '2026-04'`;
  return {
    purchase: `order_id IN (SELECT order_id FROM commission_line WHERE ${lines})`,
    binding: `${brand} AND valid_from > ${NEXT_MONTH}`,
    commission_line: lines,
    commission_state: `line_id IN (SELECT line_id FROM commission_line WHERE ${lines})`,
    ledger_txn: transactions,
    ledger_entry: transactions,
    outbox: `created_at >= ${NEXT_MONTH} AND type IN (${PUBLISHED.map((type) => `'distribution.${type}.v1'`).join(', ')})`,
  };
}

const id = (hex) => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

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

/** Settled orders and their copies; those of an earlier run where its folder is given. */
async function grownBooks({ dir, adminUrl, keep }) {
  const database = { name: 'mariadb', dialect: 'mysql', adminUrl };
  const administrator = await mysqlConnection(adminUrl, '');
  await administrator.run('SET GLOBAL innodb_log_file_size = 4 * 1024 * 1024 * 1024');
  await administrator.close();
  const file = join(dir, 'grown.json');
  if (existsSync(file)) {
    const { schema, sent, size } = JSON.parse(readFileSync(file, 'utf8'));
    const books = await Books.open(database, schema);
    books.sent = sent;
    books.clock.set(NEXT_MONTH);
    return { books, size };
  }
  const books = await Books.open(database);
  await books.take(books.prepare(SEED));
  books.clock.set(NEXT_MONTH);
  await books.quiet();
  const seeded = await books.count('commission_line');
  const given = await books.count('partner');
  const copies = Math.max(1, Math.round(lines / seeded) - 1);
  const networks = Math.min(copies, Math.max(1, Math.round(Number(options.partners) / given) - 1));
  const growth = await measured(() => grow(books.connect, { orders: copies, networks }));
  const size = { lines: seeded * (copies + 1), partners: given * (networks + 1) };
  report('grown', { lines: seeded * copies }, growth);
  if (options.folder === '') return { books, size };
  await books.service.close();
  await keep();
  writeFileSync(file, JSON.stringify({ schema: books.schema, sent: books.sent, size }), { mode: 0o600 });
  return grownBooks({ dir, adminUrl });
}

await withMariadb(options.folder, async (server) => {
  const { books, size } = await grownBooks(server);
  const connection = await books.connect();
  console.log(`${size.lines.toLocaleString('en')} lines, ${size.partners.toLocaleString('en')} partners`);
  const checked = await measured(async () => {
    await books.call('POST', '/controls');
    await books.quiet();
  });
  report('controls, from the first entry', { lines: size.lines }, checked);
  await books.call('POST', '/periods/2026-03/start-close', { override: 'nothing was sealed' });
  const closing = await measured(() => books.call('POST', '/periods/2026-03/close', {}, 'somebody else'));
  report('closing, with controls', { lines: size.lines }, closing);
  const settlement = await measured(() => settled(books, NEXT_MONTH + 1));
  const statements = await books.count('statement');
  report('settlement', { statements, lines: size.lines }, settlement);
  report('findings', { statements }, await measured(() => books.quiet()));
  const raw = await measured(() => rawSettlement(connection, 'mysql'));
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
  const written = Math.round((batches.length * (orders + WARM_UP)) / orders);
  const copies = [];
  for (const nth of [0, 1]) copies.push(await rowsAgain(books.connect, writtenSince(books.brandId), nth));
  for (const [nth, ordered] of [true, false].entries()) {
    const floor = await writeAgain(books.connect, copies[nth], written, { ordered });
    report(`floor, ${ordered ? 'in order' : 'in any order'}`, { orders: orders + WARM_UP, rows: floor.result }, floor);
    const ratio = ((orders / stage.seconds) * floor.seconds) / (orders + WARM_UP);
    console.log(`ratio of the stage: ${ratio.toFixed(2)}${ordered ? ' (bar: 0.5)' : ''}`);
  }

  const hex = (column, table, where) => books.rows(`SELECT LOWER(HEX(${column})) AS id FROM ${table} WHERE ${where} LIMIT ${QUESTIONS}`);
  const some = await hex('statement_id', 'statement', '1 = 1');
  const earned = await hex('line_id', 'commission_line', "period_id = '2026-03'");
  const of = (rows, n) => id(rows[n % rows.length].id);
  const get = (path) => books.call('GET', path);
  const all = '/statements?period=2026-03';
  const asked = {
    'statement, why': (n) => get(`/statements/${of(some, n)}/why`),
    'statement, lines': (n) => get(`/statements/${of(some, n)}/why/lines?part=earned`),
    'line, why': (n) => get(`/commission-lines/${of(earned, n)}/why`),
    'review, a period by state': () => get(`${all}&state=DRAFT&outcome=pay`),
    'review, by amount': () => get(`${all}&sort=-netMinor`),
    'review, by partner': () => get(`${all}&sort=partnerCode`),
    'review, of one kind of partner': () => get(`${all}&state=DRAFT&type=guide`),
    'review, without findings': () => get(`${all}&state=DRAFT&exceptional=false`),
  };
  for (const [name, ask] of Object.entries(asked)) console.log(`${name}: p95 ${await p95(ask)} ms`);

  const drafts = await books.call('GET', `${all}&state=DRAFT&limit=200`);
  const items = drafts.data.map(({ id: statementId, fingerprint }) => ({ statementId, fingerprint }));
  await books.call('POST', '/statements/submit', { items });
  report(
    'approval',
    { statements: items.length },
    await measured(() => books.call('POST', '/statements/approve', { items }, 'somebody else')),
  );
  await connection.close();
  await books.close();
});
process.exit(0);
