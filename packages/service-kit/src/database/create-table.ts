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
  /** Triggers refuse every UPDATE and DELETE, and `migrate` does not grant them. */
  readonly appendOnly?: boolean;
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
  if (t.appendOnly) await refuseChanges(runner, t.name);
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

/** Triggers that refuse UPDATE and DELETE for every account, the owner's too. */
export async function refuseChanges(runner: QueryRunner, table: string): Promise<void> {
  const sqlite = dialectOf(runner.connection) === 'sqlite';
  for (const event of ['update', 'delete'] as const) {
    const head = `CREATE TRIGGER ${quoted(appendOnlyTrigger(table, event))} BEFORE ${event.toUpperCase()} ON ${quoted(table)}`;
    const message = `'${table} is append-only'`;
    await runner.query(
      sqlite
        ? `${head} BEGIN SELECT RAISE(ABORT, ${message}); END`
        : `${head} FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = ${message}`,
    );
  }
}

/** Name of the trigger that makes a table append-only. */
export const appendOnlyTrigger = (table: string, event: 'update' | 'delete'): string => `${table}_no_${event}`;

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
