import libsql from 'libsql';
import { createConnection } from 'mysql2/promise';

/** A bare connection to an SQLite file, as durable as the services are unless `synchronous` says otherwise. */
export function sqliteConnection(path, synchronous = 'full') {
  const connection = new libsql(path);
  const pragmas = [
    'journal_mode = WAL',
    `synchronous = ${synchronous}`,
    // What is written again comes table by table, in no order that keys would like.
    'foreign_keys = OFF',
    'busy_timeout = 10000',
    'cache_size = -65536',
    'wal_autocheckpoint = 4000',
  ];
  connection.exec(pragmas.map((pragma) => `PRAGMA ${pragma};`).join(' '));
  const whole = (values) => values.map((value) => (typeof value === 'number' ? BigInt(value) : value));
  const statements = new Map();
  const prepared = (sql) => {
    if (!statements.has(sql)) statements.set(sql, connection.prepare(sql));
    return statements.get(sql);
  };
  return {
    rowsPerStatement: 25,
    begin: 'BEGIN IMMEDIATE',
    run: async (sql, values = []) => void prepared(sql).run(whole(values)),
    all: async (sql) => connection.prepare(sql).all(),
    tables: async () =>
      connection
        .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        .all()
        .map(({ name }) => name),
    /** Columns that are stored, in order. */
    columns: async (table) =>
      connection
        .prepare(`PRAGMA table_xinfo(${table})`)
        .all()
        .filter(({ hidden }) => hidden === 0)
        .map(({ name }) => name),
    /** An empty database of the same tables and indexes. */
    emptyCopy: async () => {
      const copy = new libsql(`${path}-floor`);
      const parts = connection
        .prepare(
          "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' AND type <> 'trigger' ORDER BY type = 'table' DESC",
        )
        .all();
      for (const { sql } of parts) copy.exec(sql);
      copy.close();
      return () => sqliteConnection(`${path}-floor`, synchronous);
    },
    close: async () => {
      statements.clear();
      connection.close();
    },
  };
}

/** A bare connection to a schema on MySQL or MariaDB, as its administrator. */
export async function mysqlConnection(adminUrl, schema) {
  const url = new URL(adminUrl);
  url.pathname = `/${schema}`;
  const connection = await createConnection({
    uri: url.toString(),
    supportBigNumbers: true,
    bigNumberStrings: true,
    charset: 'utf8mb4_bin',
  });
  const tables = async () => (await connection.query({ sql: 'SHOW TABLES', rowsAsArray: true }))[0].map(([name]) => name);
  return {
    rowsPerStatement: 500,
    begin: 'START TRANSACTION',
    run: async (sql, values = []) => void (await connection.query(sql, values)),
    all: async (sql) => (await connection.query(sql))[0],
    tables,
    columns: async (table) =>
      (await connection.query(`SHOW COLUMNS FROM \`${table}\``))[0]
        .filter(({ Extra }) => !/GENERATED/.test(Extra))
        .map(({ Field }) => Field),
    emptyCopy: async () => {
      const copy = `${schema}_floor`;
      await connection.query(`CREATE DATABASE ${copy} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
      for (const table of await tables()) await connection.query(`CREATE TABLE ${copy}.\`${table}\` LIKE \`${table}\``);
      return () => mysqlConnection(adminUrl, copy);
    },
    close: () => connection.end(),
  };
}
