import { columnTypes, typeSql, varchar, type ColumnType, type Dialect } from './column-types';
import { quoted } from './rows';

export interface MigrationColumnOptions {
  readonly nullable?: boolean;
  /** A constant. */
  readonly default?: string | number;
  /** Short for naming the column in the table's `primary`. */
  readonly primary?: boolean;
}

/** A column of a table to be made, in whichever dialect. */
export interface TableColumnFactory {
  readonly name: string;
  readonly type: ColumnType;
  readonly primary: boolean;
  sql(dialect: Dialect): string;
}

function column(name: string, type: ColumnType, o: MigrationColumnOptions = {}): TableColumnFactory {
  const value = typeof o.default === 'string' ? `'${o.default.replaceAll("'", "''")}'` : o.default;
  const rest = `${o.nullable ? ' NULL' : ' NOT NULL'}${value === undefined ? '' : ` DEFAULT ${value}`}`;
  return {
    name,
    type,
    primary: o.primary ?? false,
    sql: (dialect) => `${quoted(name)} ${typeSql(dialect, type)}${rest}${dialect === 'sqlite' ? sqliteCheck(name, type) : ''}`,
  };
}

const whole = new Set(['bigint', 'int', 'tinyint']);

/** What MySQL's column types refuse and SQLite's do not: text that is too long, amounts that are not whole. */
function sqliteCheck(name: string, type: ColumnType): string {
  if (whole.has(type.type)) return ` CHECK (typeof(${quoted(name)}) IN ('integer', 'null'))`;
  if (type.type.endsWith('char')) return ` CHECK (length(${quoted(name)}) <= ${type.length ?? 0})`;
  return '';
}

const of = (type: ColumnType) => (name: string, o?: MigrationColumnOptions) => column(name, type, o);
const sized = (name: string, length: number, o?: MigrationColumnOptions) => column(name, varchar(length), o);

/** Columns of migrations; each has its `...Column` twin for entities. */
export const col = {
  id: of(columnTypes.id),
  hash: of(columnTypes.hash),
  bytes: of(columnTypes.bytes),
  money: of(columnTypes.bigint),
  instant: of(columnTypes.bigint),
  bigint: of(columnTypes.bigint),
  int: of(columnTypes.int),
  flag: of(columnTypes.flag),
  date: of(columnTypes.date),
  period: of(columnTypes.period),
  currency: of(columnTypes.currency),
  json: of(columnTypes.json),
  longText: of(columnTypes.json),
  key: sized,
  text: sized,
};
