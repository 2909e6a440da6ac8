#!/usr/bin/env node
/**
 * Works out the Olist case on its own, from the tables as published, to hold a replay against.
 * Shares nothing with the product: no import, no rule, no rounding helper; columns of plain values and one pass each.
 *
 *   node check.mjs <olist folder>                                             prints the totals
 *   node check.mjs <olist folder> <commission-by-partner-month.csv>           compares row by row
 *   node check.mjs <olist folder> <commission-by-partner-month.csv> <summary.json>   and the summary's figures
 *
 * Exit 0: equal (or totals printed). 1: differences. 2: could not run.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const HEADER = ['role', 'partner', 'month', 'currency', 'base_minor', 'earned_minor', 'reversed_minor'];
const PERCENT = { store: 5n, distributor: 2n, bound: 3n };
const IGNORED = new Set(['canceled', 'unavailable']);
const SHOWN = 20;

class CannotRun extends Error {}

/** RFC 4180: quoted fields, doubled quotes, line breaks inside quotes, CRLF or LF. Yields one array per record. */
function* records(text) {
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  let record = [];
  while (at < text.length) {
    let field = '';
    if (text[at] === '"') {
      for (at += 1; ;) {
        const quote = text.indexOf('"', at);
        if (quote < 0) throw new CannotRun('a quoted field never ends');
        field += text.slice(at, quote);
        at = quote + 1;
        if (text[at] !== '"') break;
        field += '"';
        at += 1;
      }
    } else {
      const start = at;
      while (at < text.length && text[at] !== ',' && text[at] !== '\n' && text[at] !== '\r') at += 1;
      field = text.slice(start, at);
    }
    record.push(field);
    if (text[at] === ',') {
      at += 1;
      if (at < text.length) continue;
      record.push('');
    }
    if (text[at] === '\r') at += 1;
    if (text[at] === '\n') at += 1;
    yield record;
    record = [];
  }
}

/** Reads the named columns of one table; `visit` gets their values in the order named. */
function table(folder, name, columns, visit) {
  const path = [join(folder, `${name}.csv.gz`), join(folder, `${name}.csv`)].find(existsSync);
  if (!path) throw new CannotRun(`${name}.csv.gz (or .csv) is not in ${folder}`);
  const bytes = readFileSync(path);
  const all = records((path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'));
  const header = all.next().value ?? [];
  const places = columns.map((column) => header.indexOf(column));
  if (places.includes(-1)) throw new CannotRun(`${path} lacks the column ${columns[places.indexOf(-1)]}`);
  for (const record of all) {
    if (record.length === 1 && record[0] === '') continue;
    if (record.length !== header.length) throw new CannotRun(`${path}: ${record.length} fields in ${record.join(',').slice(0, 80)}`);
    visit(...places.map((place) => record[place]));
  }
}

/** `58.9` is 5890n: digits only, nothing is rounded. */
function cents(text) {
  const parts = /^(\d+)(?:\.(\d{1,2})0*)?$/.exec(text);
  if (!parts) throw new CannotRun(`the price ${JSON.stringify(text)} is not a plain decimal`);
  return BigInt(parts[1]) * 100n + BigInt((parts[2] ?? '').padEnd(2, '0'));
}

const ascending = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** Everything that is true of the published tables under the rules of the case. */
function compute(folder) {
  const personOfCustomer = new Map();
  table(folder, 'olist_customers_dataset', ['customer_id', 'customer_unique_id'], (id, person) => personOfCustomer.set(id, person));

  const stateOfSeller = new Map();
  table(folder, 'olist_sellers_dataset', ['seller_id', 'seller_state'], (id, state) => stateOfSeller.set(id, state));

  const orders = new Map();
  const seen = { orders: 0, canceledOrUnavailable: 0 };
  table(
    folder,
    'olist_orders_dataset',
    ['order_id', 'customer_id', 'order_status', 'order_purchase_timestamp'],
    (id, customer, status, time) => {
      seen.orders += 1;
      if (IGNORED.has(status)) seen.canceledOrUnavailable += 1;
      const person = personOfCustomer.get(customer);
      if (!person) throw new CannotRun(`order ${id} names the unknown customer ${customer}`);
      if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(time)) throw new CannotRun(`order ${id} has the time ${time}`);
      orders.set(id, { counts: !IGNORED.has(status), person, time, lines: 0 });
    },
  );

  const lines = [];
  table(folder, 'olist_order_items_dataset', ['order_id', 'order_item_id', 'seller_id', 'price'], (id, number, seller, price) => {
    const order = orders.get(id);
    if (!order) throw new CannotRun(`a line names the unknown order ${id}`);
    if (!stateOfSeller.has(seller)) throw new CannotRun(`order ${id} names the unknown seller ${seller}`);
    order.lines += 1;
    if (order.counts) lines.push({ id, number: Number(number), seller, price: cents(price), person: order.person, time: order.time });
  });

  // The times are local and of one fixed width, so their text sorts as they do.
  lines.sort((a, b) => ascending(a.time, b.time) || a.number - b.number || ascending(a.id, b.id));

  const binding = new Map();
  const cells = new Map();
  const perRole = Object.fromEntries(Object.keys(PERCENT).map((role) => [role, { base: 0n, earned: 0n, lines: 0, zero: 0 }]));
  let netSales = 0n;

  for (const { person, time, seller, price } of lines) {
    netSales += price;
    if (!binding.has(person)) binding.set(person, { seller, since: time });
    const bound = binding.get(person);
    const earners = [
      ['store', seller],
      ['distributor', stateOfSeller.get(seller)],
    ];
    if (time > bound.since) earners.push(['bound', bound.seller]);

    for (const [role, partner] of earners) {
      const earned = (price * PERCENT[role]) / 100n;
      const key = [role, partner, time.slice(0, 7)].join(',');
      const cell = cells.get(key) ?? { base: 0n, earned: 0n };
      cells.set(key, { base: cell.base + price, earned: cell.earned + earned });
      const role_ = perRole[role];
      role_.base += price;
      role_.earned += earned;
      role_.lines += 1;
      if (earned === 0n) role_.zero += 1;
    }
  }

  const values = [...orders.values()];
  const counting = values.filter((order) => order.counts);
  return {
    cells,
    perRole,
    totals: {
      'orders in the file': seen.orders,
      'orders canceled or unavailable': seen.canceledOrUnavailable,
      'orders counted': counting.length,
      'orders counted with lines': counting.filter((order) => order.lines > 0).length,
      'orders counted without a line': counting.filter((order) => order.lines === 0).length,
      'lines counted': lines.length,
      'persons in the orders file': new Set(values.map((order) => order.person)).size,
      'persons of counted orders': new Set(counting.map((order) => order.person)).size,
      'persons bound': binding.size,
      'sellers with a counted line': new Set(lines.map((line) => line.seller)).size,
      'states with a counted line': new Set(lines.map((line) => stateOfSeller.get(line.seller))).size,
      'net sales (minor)': netSales,
      'commission (minor)': Object.values(perRole).reduce((sum, { earned }) => sum + earned, 0n),
    },
  };
}

function printTotals({ totals, perRole, cells }) {
  for (const [name, value] of Object.entries(totals)) console.log(`${name.padEnd(32)} ${value}`);
  for (const [role, { base, earned, lines, zero }] of Object.entries(perRole)) {
    console.log(`${role.padEnd(12)} base ${base}  earned ${earned}  lines ${lines} (${zero} floored to 0)`);
  }
  const commission = totals['commission (minor)'];
  console.log(`${'effective rate (ppm, floored)'.padEnd(32)} ${(commission * 1_000_000n) / totals['net sales (minor)']}`);
  console.log(`${'rows role,partner,month'.padEnd(32)} ${cells.size}`);
}

/** The differences between our rows and the file's, as sentences. */
function compareRows(cells, path) {
  const all = records(readFileSync(path, 'utf8'));
  const header = all.next().value ?? [];
  if (header.join() !== HEADER.join()) return [`header is ${header.join()}, expected ${HEADER.join()}`];

  const differences = [];
  const left = new Map(cells);
  const keys = [];
  for (const row of all) {
    if (row.length !== HEADER.length) {
      differences.push(`row of ${row.length} fields: ${row.join()}`);
      continue;
    }
    const key = row.slice(0, 3).join(',');
    keys.push(row.slice(0, 3));
    const cell = left.get(key);
    if (!cell) {
      differences.push(`${key}: ${cells.has(key) ? 'stands twice in the file' : 'only in the file'} (${row.slice(3).join()})`);
      continue;
    }
    left.delete(key);
    const expected = ['BRL', cell.base, cell.earned, 0n].map(String);
    HEADER.slice(3).forEach((name, i) => {
      if (row[3 + i] !== expected[i]) {
        differences.push(
          `${key}: ${name} is ${row[3 + i]}, expected ${expected[i]}${name.endsWith('minor') && /^-?\d+$/.test(row[3 + i]) ? ` (${BigInt(row[3 + i]) - BigInt(expected[i])})` : ''}`,
        );
      }
    });
  }
  for (const [key, { base, earned }] of left) differences.push(`${key}: missing in the file (base ${base}, earned ${earned})`);

  const misplaced = keys.findIndex(
    (key, i) => i > 0 && (ascending(keys[i - 1][0], key[0]) || ascending(keys[i - 1][1], key[1]) || ascending(keys[i - 1][2], key[2])) > 0,
  );
  if (misplaced > 0) differences.push(`${keys[misplaced].join()}: not sorted by role, partner, month`);
  return differences;
}

/** Every number found under a name that speaks of net sales, or of one role's commission, has to be ours. */
function compareSummary({ totals, perRole }, path) {
  const found = new Map();
  (function walk(node, trail) {
    if (node !== null && typeof node === 'object') {
      // A list entry is known by its role where it has one: [{ role: 'store', earnedMinor: 1 }]
      for (const [name, value] of Object.entries(node)) walk(value, [...trail, value?.role ?? name]);
    } else {
      found.set(
        trail
          .map((name) =>
            String(name)
              .toLowerCase()
              .replace(/[^a-z0-9]/g, ''),
          )
          .join('.'),
        node,
      );
    }
  })(JSON.parse(readFileSync(path, 'utf8')), []);

  const facts = [['net sales', /netsales(amount)?(minor)?(\.(minor|amount|value|brl))?$/, totals['net sales (minor)']]];
  for (const [role, { base, earned }] of Object.entries(perRole)) {
    facts.push([
      `${role} earned`,
      new RegExp(`\\b${role}(\\.brl)?\\.earned(minor)?$|earned(minor)?\\.${role}$|commission(byrole)?\\.${role}(\\.brl)?$`),
      earned,
    ]);
    facts.push([`${role} base`, new RegExp(`\\b${role}(\\.brl)?\\.base(minor)?$|base(minor)?\\.${role}$`), base]);
  }
  const differences = [];
  for (const [name, pattern, expected] of facts) {
    const places = [...found].filter(([trail, value]) => pattern.test(trail) && /^-?\d+$/.test(String(value)));
    if (places.length === 0) console.log(`summary: no figure recognised for ${name} (expected ${expected}), not compared`);
    for (const [trail, value] of places) {
      if (String(value) === String(expected)) console.log(`summary: ${name} equal at ${trail}`);
      else differences.push(`summary: ${trail} is ${value}, expected ${name} ${expected}`);
    }
  }
  return differences;
}

function main([folder, csv, summary]) {
  if (!folder) throw new CannotRun('usage: node check.mjs <olist folder> [<commission-by-partner-month.csv> [<summary.json>]]');
  for (const path of [folder, csv, summary]) if (path && !existsSync(path)) throw new CannotRun(`${path} does not exist`);

  const truth = compute(folder);
  if (!csv) return printTotals(truth);

  const differences = [...compareRows(truth.cells, csv), ...(summary ? compareSummary(truth, summary) : [])];
  if (differences.length === 0) return console.log(`equal: ${truth.cells.size} rows`);
  console.log(`${differences.length} differences${differences.length > SHOWN ? `, the first ${SHOWN}` : ''}:`);
  for (const difference of differences.slice(0, SHOWN)) console.log(`  ${difference}`);
  process.exitCode = 1;
}

try {
  main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof CannotRun) && !(error instanceof SyntaxError)) throw error;
  console.error(`cannot check: ${error.message}`);
  process.exitCode = 2;
}
