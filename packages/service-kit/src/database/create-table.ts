import type { QueryRunner } from 'typeorm';
import { dialectOf } from './data-source';
import type { TableColumnFactory } from './migration-columns';
import { quoted } from './rows';

export interface TableDefinition {
  readonly name: string;
  readonly columns: readonly TableColumnFactory[];
  /** Columns of the primary key, in order; those marked `primary` when left out. */
  readonly primary?: readonly string[];
  readonly unique?: readonly { name: string; columns: readonly string[] }[];
  readonly indices?: readonly { name: string; columns: readonly string[] }[];
  readonly checks?: readonly { name: string; expression: string }[];
  /** `columns` are first in an index of this table, and `references` are a unique key of the other one. */
  readonly foreign?: readonly { name: string; columns: readonly string[]; table: string; references: readonly string[] }[];
  /** Triggers refuse every UPDATE, and `migrate` does not grant it. */
  readonly appendOnly?: boolean;
  /** Rows may be deleted. Of every other table triggers refuse it, and `migrate` does not grant it. */
  readonly deletable?: boolean;
}

/** Wide values make the clustered tables of SQLite slow; with narrow rows they save an index per table. */
const wide = new Set(['longtext', 'longblob']);

/** Creates a table with everything it is declared with, on both dialects. */
export async function createTable(runner: QueryRunner, t: TableDefinition): Promise<void> {
  const sqlite = dialectOf(runner.connection) === 'sqlite';
  const primary = t.primary ?? t.columns.filter((column) => column.primary).map((column) => column.name);
  if (primary.length === 0) throw new Error(`table ${t.name} has no primary key`);
  const parts = [
    ...t.columns.map((column) => column.sql(sqlite ? 'sqlite' : 'mysql')),
    `PRIMARY KEY (${names(primary)})`,
    ...(t.checks ?? []).map((check) => `CONSTRAINT ${quoted(check.name)} CHECK (${check.expression})`),
    ...(t.foreign ?? []).map(
      (key) =>
        `CONSTRAINT ${quoted(key.name)} FOREIGN KEY (${names(key.columns)}) REFERENCES ${quoted(key.table)} (${names(key.references)})`,
    ),
  ];
  const clustered = !t.columns.some((column) => wide.has(column.type.type));
  const suffix = sqlite
    ? clustered
      ? ' WITHOUT ROWID'
      : ''
    : ' ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin ROW_FORMAT=DYNAMIC';
  await runner.query(`CREATE TABLE ${quoted(t.name)} (\n  ${parts.join(',\n  ')}\n)${suffix}`);
  for (const index of t.unique ?? []) await createIndex(runner, t.name, index, true);
  for (const index of t.indices ?? []) await createIndex(runner, t.name, index, false);
  if (t.appendOnly) await refuseAlways(runner, t.name, 'update', `${t.name} is append-only`);
  if (!t.deletable) await refuseAlways(runner, t.name, 'delete', t.appendOnly ? `${t.name} is append-only` : `rows of ${t.name} are kept`);
}

/** Adds a column in a later migration. */
export async function addColumn(runner: QueryRunner, table: string, column: TableColumnFactory): Promise<void> {
  await runner.query(`ALTER TABLE ${quoted(table)} ADD COLUMN ${column.sql(dialectOf(runner.connection))}`);
}

/** Adds an index in a later migration. */
export async function createIndex(
  runner: QueryRunner,
  table: string,
  index: { name: string; columns: readonly string[] },
  unique: boolean,
): Promise<void> {
  await runner.query(`CREATE ${unique ? 'UNIQUE ' : ''}INDEX ${quoted(index.name)} ON ${quoted(table)} (${names(index.columns)})`);
}

/** A trigger that refuses every UPDATE or DELETE for every account, the owner's too. */
async function refuseAlways(runner: QueryRunner, table: string, event: 'update' | 'delete', message: string): Promise<void> {
  const head = `CREATE TRIGGER ${quoted(refusingTrigger(table, event))} BEFORE ${event.toUpperCase()} ON ${quoted(table)}`;
  await runner.query(
    dialectOf(runner.connection) === 'sqlite'
      ? `${head} BEGIN SELECT RAISE(ABORT, '${message}'); END`
      : `${head} FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '${message}'`,
  );
}

/** Name of the trigger that refuses every UPDATE or DELETE of a table. */
export const refusingTrigger = (table: string, event: 'update' | 'delete'): string => `${table}_no_${event}`;

/**
 * A trigger that refuses a row for every account: what a check cannot say, because it needs the row as it was, or another one.
 * @param guard.columns of an update: only a statement that names one of these is looked at
 * @param guard.when refuses where it is true; knows NEW and, of an update, OLD
 * @param guard.message at most 60 characters; the error says the name of the trigger before it
 */
export async function refuseRows(
  runner: QueryRunner,
  table: string,
  guard: { name: string; on: 'insert' | 'update'; columns?: readonly string[]; when: string; message: string },
): Promise<void> {
  const sqlite = dialectOf(runner.connection) === 'sqlite';
  const message = `'${guard.name}: ${guard.message}'`;
  // MySQL knows no columns here; it compares them for every update, which reads nothing.
  const of = sqlite && guard.columns ? ` OF ${names(guard.columns)}` : '';
  const head = `CREATE TRIGGER ${quoted(guard.name)} BEFORE ${guard.on.toUpperCase()}${of} ON ${quoted(table)}`;
  await runner.query(
    sqlite
      ? `${head} WHEN ${guard.when} BEGIN SELECT RAISE(ABORT, ${message}); END`
      : `${head} FOR EACH ROW IF ${guard.when} THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = ${message}; END IF`,
  );
}

/**
 * A unique key over an expression: a generated column that is null where rows may repeat, with a unique index.
 * `generatedUniqueKey(runner, 'binding', { column: 'active_key', expression: 'CASE WHEN ended_at IS NULL THEN customer_id END', index: 'binding_active' })`
 * @param column.also further columns of the unique index, in front of the generated one
 */
export async function generatedUniqueKey(
  runner: QueryRunner,
  table: string,
  column: { column: string; expression: string; index: string; also?: readonly string[] },
): Promise<void> {
  const type = dialectOf(runner.connection) === 'sqlite' ? 'blob' : 'varbinary(255)';
  await runner.query(
    `ALTER TABLE ${quoted(table)} ADD COLUMN ${quoted(column.column)} ${type} GENERATED ALWAYS AS (${column.expression}) VIRTUAL`,
  );
  await createIndex(runner, table, { name: column.index, columns: [...(column.also ?? []), column.column] }, true);
}

const names = (columns: readonly string[]) => columns.map(quoted).join(', ');
