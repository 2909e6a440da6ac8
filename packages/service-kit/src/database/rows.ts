import { escape, type SqlValue } from 'mysql2';
import type { QueryRunner } from 'typeorm';
import { chunks } from './chunks';
import { dialectOf } from './data-source';
import type { Tx } from './database';
import { SqliteQueryRunner } from './sqlite-query-runner';
import { sendStatement } from './statement-under-way';

/** Rows per statement on MySQL: beyond it nothing is gained. */
const CHUNK = 500;
/**
 * So many values in a list, and MariaDB looks up how many rows each of them has before it chooses a plan. From 200 on it takes the
 * mean of a few pages instead, and where those mislead it reads the whole table.
 */
const LOOKED_UP = 128;
/** Rows per INSERT on SQLite. */
const SQLITE_ROWS = 16;

type Row = readonly unknown[];
/** The text of a statement for these rows. */
type WriteOf = (rows: readonly Row[]) => string;

const statements = new Map<string, string>();

/** What to do with a row whose key is already there: overwrite the columns of `set`, increment those of `add`. */
export interface OnDuplicateKey {
  readonly key: readonly string[];
  readonly set?: readonly string[];
  readonly add?: readonly string[];
}

export type OnDuplicate = 'fail' | 'ignore' | OnDuplicateKey;

/**
 * Inserts many rows with few statements.
 * @param rows values in the order of `columns`
 * @param onDuplicate `fail` (default) raises the duplicate-key error; `ignore` leaves what is there and skips nothing
 *   but duplicates; a key overwrites or increments, in the order of the rows
 * @returns rows written: with `ignore` only the new ones
 */
export async function insertRows(
  tx: Tx,
  table: string,
  columns: readonly string[],
  rows: Iterable<Row>,
  onDuplicate: OnDuplicate = 'fail',
): Promise<number> {
  if (Array.isArray(rows) && rows.length === 0) return 0;
  return withRunner(tx, async (runner) => {
    if (runner instanceof SqliteQueryRunner) {
      const all = [...rows];
      return inOneTransaction(runner, all.length, () =>
        runner.executeEach((some) => sqliteInsert(table, columns, some, onDuplicate), all, SQLITE_ROWS),
      );
    }
    const write = mysqlInsert(table, columns, onDuplicate);
    let written = 0;
    for (const chunk of chunks(rows, CHUNK)) {
      const { raw } = await runner.query(write(chunk), undefined, true);
      const { affectedRows, warningStatus } = raw as { affectedRows: number; warningStatus: number };
      if (onDuplicate === 'ignore' && warningStatus > 0) await refuseOtherWarnings(runner, table);
      written += onDuplicate === 'ignore' ? affectedRows : chunk.length;
    }
    return written;
  });
}

/**
 * The same, without waiting for the last statement: what the transaction asks for next, its commit at the latest, waits for
 * it and fails with it, whoever catches that. For batches, where what comes next is made meanwhile; the rows of a generator too.
 */
export async function sendRows(
  tx: Tx,
  table: string,
  columns: readonly string[],
  rows: Iterable<Row>,
  onDuplicate: Exclude<OnDuplicate, 'ignore'> = 'fail',
): Promise<void> {
  const runner = tx.queryRunner;
  if (!runner?.isTransactionActive || runner instanceof SqliteQueryRunner) {
    await insertRows(tx, table, columns, rows, onDuplicate);
    return;
  }
  const write = mysqlInsert(table, columns, onDuplicate);
  for (const chunk of chunks(rows, CHUNK)) await sendStatement(runner, write(chunk));
}

/**
 * Updates many rows, each with its own values, with few statements. Sort the rows by key where others may update
 * the same ones: locks are then taken in one order.
 * @param rows `[...key values, ...set values]` each
 * @returns rows found by their key
 */
export async function updateRows(
  tx: Tx,
  table: string,
  key: readonly string[],
  set: readonly string[],
  rows: readonly (readonly unknown[])[],
): Promise<number> {
  if (rows.length === 0) return 0;
  return withRunner(tx, async (runner) => {
    if (runner instanceof SqliteQueryRunner) {
      const ordered = rows.map((row) => [...row.slice(key.length), ...row.slice(0, key.length)]);
      return inOneTransaction(runner, rows.length, () => runner.executeEach(() => sqliteUpdate(table, key, set), ordered));
    }
    const write = mysqlUpdate(table, key, set);
    let found = 0;
    for (const chunk of chunks(rows, CHUNK)) found += (await runner.query(write(chunk), undefined, true)).affected ?? 0;
    return found;
  });
}

/**
 * Runs a statement that changes rows.
 * @returns rows affected, counting those that were found although their values were already the new ones
 */
export async function execute(tx: Tx, sql: string, parameters: readonly unknown[] = []): Promise<number> {
  return withRunner(tx, async (runner) => (await runner.query(sql, [...parameters], true)).affected ?? 0);
}

/**
 * A SELECT over a list of values of any length, in pieces of up to 128; rows of the pieces follow each other.
 * @param sql holds `(?in)` once, where the list belongs
 * @param before values of the placeholders in front of it, `after` of those behind
 */
export async function selectIn<R>(
  tx: Tx,
  sql: string,
  values: readonly unknown[],
  before: readonly unknown[] = [],
  after: readonly unknown[] = [],
): Promise<R[]> {
  const parts = sql.split('(?in)');
  if (parts.length !== 2) throw new Error('selectIn needs (?in) exactly once in its statement');
  const result: R[] = [];
  for (const chunk of chunks(values, LOOKED_UP)) {
    // Padded to a power of two with a repeated value: few statement texts, so prepared ones are found again.
    const size = 2 ** Math.ceil(Math.log2(chunk.length));
    const list: unknown[] = [...chunk];
    while (list.length < size) list.push(chunk[chunk.length - 1]);
    const found: R[] = await tx.query(parts.join(`(${placeholders(size)})`), [...before, ...list, ...after]);
    for (const row of found) result.push(row);
  }
  return result;
}

/** Suffix of a SELECT that locks its rows; nothing on SQLite, where one transaction runs at a time. */
export function rowLock(tx: Tx, kind: 'share' | 'update' | 'skip-locked'): string {
  if (dialectOf(tx.connection) === 'sqlite') return '';
  return { share: ' LOCK IN SHARE MODE', update: ' FOR UPDATE', 'skip-locked': ' FOR UPDATE SKIP LOCKED' }[kind];
}

/** An identifier as both dialects accept it. @throws Error when it is none: names are never taken from input */
export function quoted(name: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw new Error(`${name} is not a table or column name`);
  return `\`${name}\``;
}

const list = (names: readonly string[]) => names.map(quoted).join(', ');
const placeholders = (count: number) => Array<string>(count).fill('?').join(', ');
const tuple = (columns: number) => `(${placeholders(columns)})`;

/**
 * As it stands in a statement. Every value of every row comes through here: the usual kinds are written without asking the
 * driver what they are, a text in which nothing needs an escape as it is.
 */
function literal(value: unknown): string {
  if (typeof value === 'number') return wholeNumber(value);
  if (typeof value === 'string' && !/['\\]/.test(value)) return `'${value}'`;
  if (Buffer.isBuffer(value)) return `X'${value.toString('hex')}'`;
  return value === null ? 'NULL' : escape(value as SqlValue, true);
}

/** MySQL would round a fraction without a word; only the money package rounds. */
function wholeNumber(value: number): string {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not a whole number that the database keeps`);
  return String(value);
}

function cached(key: string, make: () => string): string {
  const known = statements.get(key);
  if (known !== undefined) return known;
  const made = make();
  // Texts are made of code, not of data, so they are few; the bound only guards against a mistake.
  if (statements.size > 5_000) statements.clear();
  statements.set(key, made);
  return made;
}

function sqliteInsert(table: string, columns: readonly string[], rows: number, on: OnDuplicate): string {
  return cached(`si|${table}|${columns.join()}|${rows}|${JSON.stringify(on)}`, () => {
    const values = Array<string>(rows).fill(tuple(columns.length)).join(', ');
    const insert = `INSERT INTO ${quoted(table)} (${list(columns)}) VALUES ${values}`;
    if (on === 'fail') return insert;
    if (on === 'ignore') return `${insert} ON CONFLICT DO NOTHING`;
    const changes = assignments(
      on,
      (c) => `excluded.${c}`,
      (c) => `${quoted(table)}.${c} + excluded.${c}`,
    );
    return `${insert} ON CONFLICT (${list(on.key)}) DO ${changes === '' ? 'NOTHING' : `UPDATE SET ${changes}`}`;
  });
}

/** Makes the text of an INSERT with the values in it. */
function mysqlInsert(table: string, columns: readonly string[], on: OnDuplicate): WriteOf {
  const insert = `INSERT ${on === 'ignore' ? 'IGNORE ' : ''}INTO ${quoted(table)} (${list(columns)}) VALUES`;
  const duplicate = typeof on === 'string' ? '' : ` ON DUPLICATE KEY UPDATE ${mysqlChanges(on)}`;
  return (rows) => `${insert} ${rows.map((row) => `(${row.map(literal).join(', ')})`).join(', ')}${duplicate}`;
}

/** MySQL has no word for changing nothing. */
function mysqlChanges(on: OnDuplicateKey): string {
  const changes = assignments(
    on,
    (c) => `VALUES(${c})`,
    (c) => `${c} + VALUES(${c})`,
  );
  return changes || on.key.slice(0, 1).map((name) => `${quoted(name)} = ${quoted(name)}`)[0]!;
}

function assignments(on: OnDuplicateKey, overwrite: (column: string) => string, add: (column: string) => string): string {
  return [
    ...(on.set ?? []).map(quoted).map((c) => `${c} = ${overwrite(c)}`),
    ...(on.add ?? []).map(quoted).map((c) => `${c} = ${add(c)}`),
  ].join(', ');
}

function sqliteUpdate(table: string, key: readonly string[], set: readonly string[]): string {
  return cached(`su|${table}|${key.join()}|${set.join()}`, () => {
    const changes = set.map((name) => `${quoted(name)} = ?`).join(', ');
    return `UPDATE ${quoted(table)} SET ${changes} WHERE ${key.map((name) => `${quoted(name)} = ?`).join(' AND ')}`;
  });
}

/** Makes the text of an UPDATE with the values in it. */
function mysqlUpdate(table: string, key: readonly string[], set: readonly string[]): WriteOf {
  const names = [...key.map((_, i) => `k${i}`), ...set.map((_, i) => `s${i}`)];
  const on = key.map((name, i) => `t.${quoted(name)} = v.k${i}`).join(' AND ');
  const changes = set.map((name, i) => `t.${quoted(name)} = v.s${i}`).join(', ');
  // STRAIGHT_JOIN: the list drives, so rows are found by key, whatever the server believes of the table, and locked in the caller's order.
  const rest = `STRAIGHT_JOIN ${quoted(table)} t ON ${on} SET ${changes}`;
  return ([first = [], ...others]) => {
    const named = `SELECT ${first.map((value, at) => `${literal(value)} AS ${names[at]}`).join(', ')}`;
    const all = [named, ...others.map((row) => `SELECT ${row.map(literal).join(', ')}`)];
    return `UPDATE (${all.join(' UNION ALL ')}) v ${rest}`;
  };
}

/** INSERT IGNORE also lets unusable values through with a warning; only duplicates are meant to be ignored. */
async function refuseOtherWarnings(runner: QueryRunner, table: string): Promise<void> {
  const warnings = (await runner.query('SHOW WARNINGS')) as { Code: number; Message: string }[];
  const other = warnings.find((warning) => Number(warning.Code) !== 1062);
  if (other) throw new Error(`${table}: ${other.Message}`);
}

async function inOneTransaction<T>(runner: SqliteQueryRunner, rows: number, work: () => Promise<T>): Promise<T> {
  if (runner.isTransactionActive || rows === 1) return work();
  await runner.startTransaction();
  try {
    const result = await work();
    await runner.commitTransaction();
    return result;
  } catch (error) {
    await runner.rollbackTransaction().catch(() => undefined);
    throw error;
  }
}

async function withRunner<T>(tx: Tx, work: (runner: QueryRunner) => Promise<T>): Promise<T> {
  if (tx.queryRunner) return work(tx.queryRunner);
  const runner = tx.connection.createQueryRunner();
  try {
    return await work(runner);
  } finally {
    await runner.release();
  }
}
