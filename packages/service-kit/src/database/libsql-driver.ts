import LibsqlDatabase from 'libsql';

type Row = Record<string, unknown>;

/** A prepared statement with what TypeORM's better-sqlite3 driver and the kit use of it. */
export interface SqliteStatement {
  readonly reader: boolean;
  all(...parameters: unknown[]): Row[];
  run(...parameters: unknown[]): { changes: number; lastInsertRowid: number | bigint };
}

interface SqliteConnection {
  prepare(sql: string): SqliteStatement;
  pragma(source: string): unknown;
  close(): void;
}

// The published types promise more of better-sqlite3 than the library does; this is the part that is used.
const Connection = LibsqlDatabase as unknown as new (path: string, options?: object) => SqliteConnection;

/** libsql with the interface of better-sqlite3 that TypeORM expects. Synchronous. */
export class LibsqlDriver extends Connection {
  override prepare(sql: string): SqliteStatement {
    const statement = super.prepare(sql);
    return {
      reader: statement.reader,
      all: (...parameters) => statement.all(bind(parameters)).map(unwrap),
      run: (...parameters) => statement.run(bind(parameters)),
    };
  }
}

/**
 * Whole numbers are bound as integers: the driver binds every JavaScript number as REAL, which turns `? / 2` into
 * another result than on MySQL and a number in a text column into '5.0'.
 */
function bind(parameters: readonly unknown[]): unknown[] {
  return parameters.map((value) => {
    if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
    if (value === undefined) return null;
    if (typeof value === 'boolean') return value ? 1n : 0n;
    return value;
  });
}

/** Blobs arrive as ArrayBuffer from lists; everywhere else in the system bytes are a Buffer. */
function unwrap(row: Row): Row {
  for (const name in row) {
    const value = row[name];
    if (typeof value === 'object' && value !== null && !Buffer.isBuffer(value)) row[name] = Buffer.from(value as ArrayBuffer);
  }
  return row;
}
