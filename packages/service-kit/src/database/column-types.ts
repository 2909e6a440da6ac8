export type Dialect = 'sqlite' | 'mysql';

/** A column type as entities name it, with its length where it has one. */
export interface ColumnType {
  readonly type: string;
  readonly length?: number;
}

/** What kinds of column there are. Entities (`...Column`) and migrations (`col...`) are both made of these. */
export const columnTypes = {
  id: { type: 'binary', length: 16 },
  hash: { type: 'binary', length: 32 },
  bytes: { type: 'longblob' },
  bigint: { type: 'bigint' },
  int: { type: 'int' },
  flag: { type: 'tinyint' },
  date: { type: 'char', length: 10 },
  period: { type: 'char', length: 7 },
  currency: { type: 'char', length: 3 },
  json: { type: 'longtext' },
} as const satisfies Record<string, ColumnType>;

export const varchar = (length: number): ColumnType => ({ type: 'varchar', length });

/** Types that SQLite's TypeORM driver does not know, and what they are there. */
export const sqliteTypes: Readonly<Record<string, string>> = {
  binary: 'blob',
  varbinary: 'blob',
  longblob: 'blob',
  int: 'integer',
  longtext: 'text',
  char: 'char',
};

/** @returns the type as it stands in a table definition of that dialect */
export function typeSql(dialect: Dialect, type: ColumnType): string {
  const name = dialect === 'sqlite' ? (sqliteTypes[type.type] ?? type.type) : type.type;
  const sized = type.length !== undefined && name !== 'blob';
  return sized ? `${name}(${type.length})` : name;
}
