import Database from 'libsql';
import { rmSync } from 'node:fs';
import type { Refusal } from './record-mapper';
import type { Place } from './stager';

const TABLES = `
CREATE TABLE link(kind TEXT, source TEXT, target TEXT, file INTEGER, row INTEGER, PRIMARY KEY(kind, source)) WITHOUT ROWID;
CREATE TABLE orders(channel TEXT, external TEXT, status INTEGER, placed INTEGER, day TEXT, paid INTEGER, cancelled INTEGER,
  buyer TEXT, store TEXT, guide TEXT, leader TEXT, touchpoint TEXT, fulfilment INTEGER, file INTEGER, row INTEGER,
  PRIMARY KEY(channel, external)) WITHOUT ROWID;
CREATE TABLE line(channel TEXT, external TEXT, key TEXT, no INTEGER, sku TEXT, category TEXT, quantity INTEGER, amount INTEGER,
  cost INTEGER, store TEXT, guide TEXT, refunded INTEGER DEFAULT 0, pieces_back INTEGER DEFAULT 0, file INTEGER, row INTEGER,
  PRIMARY KEY(channel, external, key)) WITHOUT ROWID;
CREATE TABLE refund(channel TEXT, external TEXT, occurred INTEGER, day TEXT, order_external TEXT, line_key TEXT, sku TEXT, buyer TEXT,
  pieces INTEGER, amount INTEGER, reason TEXT, file INTEGER, row INTEGER, PRIMARY KEY(channel, external)) WITHOUT ROWID;
CREATE TABLE expense(external TEXT PRIMARY KEY, occurred INTEGER, day TEXT, class TEXT, purpose TEXT, amount INTEGER, channel TEXT,
  touchpoint TEXT, file INTEGER, row INTEGER) WITHOUT ROWID;
CREATE TABLE product(sku TEXT, cost_from TEXT, name TEXT, category TEXT, cost INTEGER, file INTEGER, row INTEGER,
  PRIMARY KEY(sku, cost_from)) WITHOUT ROWID;
CREATE TABLE partner(code TEXT PRIMARY KEY, type TEXT, name TEXT, derived INTEGER, file INTEGER, row INTEGER) WITHOUT ROWID;
CREATE TABLE edge(code TEXT, valid_from INTEGER, parent TEXT, file INTEGER, row INTEGER, PRIMARY KEY(code, valid_from)) WITHOUT ROWID;
CREATE TABLE occurrence(file INTEGER, kind TEXT, key TEXT, n INTEGER, PRIMARY KEY(file, kind, key)) WITHOUT ROWID;
CREATE TABLE reject(file INTEGER, row INTEGER, kind TEXT, id TEXT, field TEXT, code TEXT, message TEXT, remedy TEXT);
`;

const INDEXES = `
CREATE INDEX orders_by_day ON orders(day, placed, external);
CREATE INDEX orders_by_number ON orders(external);
CREATE INDEX refund_by_day ON refund(day, occurred, external);
CREATE INDEX expense_by_day ON expense(day, occurred, external);
`;

export type Value = string | number | null;
type Row = Record<string, Value>;

/**
 * The throwaway database in which files in any order become days in order, whatever their size: nothing but one
 * row and one day is ever held in memory.
 */
export class StagingDatabase {
  private readonly database: Database.Database;
  private readonly statements = new Map<string, Database.Statement>();

  constructor(private readonly path: string) {
    this.database = new Database(path);
    // Nothing here outlives the run, so nothing is protected against a crash.
    this.database.exec('PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-32768; PRAGMA temp_store=FILE;');
    this.database.exec(TABLES);
    this.database.exec('BEGIN');
  }

  /** Ends the time of writing row by row and makes the days findable. */
  index(): void {
    this.database.exec('COMMIT');
    this.database.exec(INDEXES);
    this.database.exec('BEGIN');
  }

  /** @returns the number of rows changed */
  run(sql: string, values: readonly Value[]): number {
    return this.prepare(sql).run(...values).changes;
  }

  get<R = Row>(sql: string, values: readonly Value[]): R | undefined {
    return this.prepare(sql).get(...values) as R | undefined;
  }

  all<R = Row>(sql: string, values: readonly Value[] = []): R[] {
    return this.prepare(sql).all(...values) as R[];
  }

  /** Lists a row that is not taken in. */
  reject({ file, row }: Place, kind: string, id: string, { field, code, message, remedy }: Refusal): void {
    this.run('INSERT INTO reject VALUES(?,?,?,?,?,?,?,?)', [file, row, kind, id, field, code, message, remedy]);
  }

  /** Counts from 1 how often a key has occurred in a file. */
  occurrence(file: number, kind: string, key: string): number {
    const sql = 'INSERT INTO occurrence VALUES(?,?,?,1) ON CONFLICT DO UPDATE SET n = n + 1 RETURNING n';
    return this.get<{ n: number }>(sql, [file, kind, key])!.n;
  }

  close(): void {
    this.statements.clear();
    this.database.close();
    rmSync(this.path, { force: true });
  }

  private prepare(sql: string): Database.Statement {
    let statement = this.statements.get(sql);
    if (!statement) this.statements.set(sql, (statement = this.database.prepare(sql)));
    return statement;
  }
}
