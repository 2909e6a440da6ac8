import Database from 'libsql';
import { createConnection } from 'mysql2/promise';

/** Runs one statement on a connection of its own. Numbers of either driver may come as text. */
export type Query<Row> = (sql: string, params?: readonly (string | number | Buffer | null)[]) => Promise<Row[]>;

/** @param target a MySQL URL, or the path of an SQLite file, which may be in use by a running process */
export function queryOf<Row extends object>(target: string): Query<Row> {
  return async (sql, params = []) =>
    target.startsWith('mysql:') ? askServer<Row>(target, sql, params) : askFile<Row>(target, sql, params);
}

async function askServer<Row>(url: string, sql: string, params: readonly unknown[]): Promise<Row[]> {
  const connection = await createConnection({ uri: url, supportBigNumbers: true, bigNumberStrings: true });
  try {
    const [rows] = await connection.query(sql, [...params]);
    return Array.isArray(rows) ? (rows as Row[]) : [];
  } finally {
    await connection.end();
  }
}

function askFile<Row>(path: string, sql: string, params: readonly (string | number | Buffer | null)[]): Row[] {
  const database = new Database(path, { timeout: 10_000 });
  try {
    const statement = database.prepare(sql);
    // As one list: the driver does not take bytes as an argument of its own.
    const bound = params.map((value) => (typeof value === 'number' ? BigInt(value) : value));
    if (/^\s*select/i.test(sql)) return statement.all(bound) as Row[];
    statement.run(bound);
    return [];
  } finally {
    database.close();
  }
}

/** An id as drivers give it, as text that can be compared. */
export const hex = (id: Uint8Array | ArrayBuffer): string => Buffer.from(id as Uint8Array).toString('hex');

/** An id in its text form, as a parameter. */
export const idParam = (uuid: string): Buffer => Buffer.from(uuid.replaceAll('-', ''), 'hex');
