import type { DataSource, EntityMetadata } from 'typeorm';
import { typeSql, type ColumnType, type Dialect } from './column-types';
import { dialectOf } from './data-source';
import { readConstraints, type ConstraintInDatabase } from './read-constraints';

interface ColumnInDatabase {
  readonly type: string;
  readonly nullable: boolean;
}

/**
 * What the entities would still need from the database, or declare otherwise than it is: empty when migrations and
 * entities agree. Tables, columns, types, nullability, primary keys, and the indices that entities declare; what
 * the database has beyond that (checks, generated columns, further indices) is no drift, except a column that
 * an insert through the entity could not fill.
 */
export async function schemaDrift(source: DataSource): Promise<string[]> {
  const dialect = dialectOf(source);
  const constraints = await readConstraints(source);
  const drift: string[] = [];
  for (const entity of source.entityMetadatas) {
    const table = entity.tableName;
    const columns = await readColumns(source, dialect, table);
    if (columns.size === 0) drift.push(`table ${table} is missing`);
    else
      drift.push(
        ...columnDrift(entity, dialect, columns),
        ...keyDrift(
          entity,
          constraints.filter((c) => c.table === table),
        ),
      );
  }
  return drift;
}

function* columnDrift(entity: EntityMetadata, dialect: Dialect, columns: Map<string, ColumnInDatabase>): Generator<string> {
  const table = entity.tableName;
  for (const column of entity.columns) {
    const name = column.databaseName;
    const found = columns.get(name);
    if (!found) {
      yield `${table}.${name} is missing`;
      continue;
    }
    if (typeof column.type !== 'string') {
      yield `${table}.${name} is not declared with a column decorator of the kit`;
      continue;
    }
    const type: ColumnType = { type: column.type, ...(column.length ? { length: Number(column.length) } : {}) };
    const expected = typeSql(dialect, type);
    if (found.type !== expected) yield `${table}.${name} is ${found.type}, the entity says ${expected}`;
    if (found.nullable !== column.isNullable)
      yield `${table}.${name} is ${found.nullable ? '' : 'not '}nullable, the entity says otherwise`;
  }
}

function* keyDrift(entity: EntityMetadata, constraints: readonly ConstraintInDatabase[]): Generator<string> {
  const table = entity.tableName;
  const primary = constraints
    .find((c) => c.kind === 'primary')
    ?.definition.split(',')
    .sort()
    .join(',');
  const expected = entity.primaryColumns
    .map((column) => column.databaseName)
    .sort()
    .join(',');
  if (primary !== expected) yield `${table} has primary key (${primary ?? ''}), the entity says (${expected})`;
  const declared = [
    ...entity.indices.map((i) => ({ unique: i.isUnique, columns: i.columns.map((c) => c.databaseName).join(',') })),
    ...entity.uniques.map((u) => ({ unique: true, columns: u.columns.map((c) => c.databaseName).join(',') })),
  ];
  for (const index of declared) {
    const kinds = index.unique ? ['unique'] : ['unique', 'index'];
    if (!constraints.some((c) => kinds.includes(c.kind) && c.definition === index.columns))
      yield `${table} has no ${index.unique ? 'unique ' : ''}index on (${index.columns})`;
  }
}

async function readColumns(source: DataSource, dialect: Dialect, table: string): Promise<Map<string, ColumnInDatabase>> {
  if (dialect === 'sqlite') {
    const rows: { name: string; type: string; notnull: number }[] = await source.query(
      `SELECT name, type, "notnull" FROM pragma_table_xinfo('${table}')`,
    );
    return new Map(rows.map((row) => [row.name, { type: row.type.toLowerCase(), nullable: row.notnull === 0 }]));
  }
  const rows: { name: string; type: string; nullable: string }[] = await source.query(
    'SELECT COLUMN_NAME AS name, COLUMN_TYPE AS type, IS_NULLABLE AS nullable FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ?',
    [table],
  );
  // MariaDB still prints display widths of integers, MySQL 8 does not.
  return new Map(
    rows.map((row) => [
      row.name,
      { type: row.type.replace(/^((?:big|small|tiny|medium)?int)\(\d+\)/, '$1'), nullable: row.nullable === 'YES' },
    ]),
  );
}
