import { join } from 'node:path';
import type { ServiceName } from '@concentric/contracts';
import { DataSource, type DataSourceOptions } from 'typeorm';
import type { BetterSqlite3Driver } from 'typeorm/driver/better-sqlite3/BetterSqlite3Driver.js';
import type { ServiceConfig } from '../config/service.config';
import { sqliteTypes, type Dialect } from './column-types';
import { kitEntities, kitMigrations } from './kit-tables';
import { LibsqlDriver } from './libsql-driver';
import { mysqlDriver } from './mysql-driver';
import { SnakeNamingStrategy } from './naming-strategy';
import { SqliteQueryRunner, SqliteShared } from './sqlite-query-runner';
import { TransactionGate, type GatePatience } from './transaction-gate';

type ClassOf<Option extends 'entities' | 'migrations'> = Extract<DataSourceOptions[Option], readonly unknown[]>[number];

export interface DataSourceRequest {
  readonly service: ServiceName;
  readonly config: Pick<ServiceConfig, 'databaseUrl' | 'migrationDatabaseUrl' | 'dataFolder' | 'sqliteSynchronous'>;
  readonly entities: readonly ClassOf<'entities'>[];
  readonly migrations: readonly ClassOf<'migrations'>[];
  /** `owner` connects with the account that may change the schema, for migrations; `service` is the default. */
  readonly as?: 'service' | 'owner';
  /** Connections to MySQL, 10 when left out. */
  readonly poolSize?: number;
  /** How long statements wait for a transaction on the embedded database. */
  readonly patience?: GatePatience;
}

/** Opens a service's database with the kit's tables included: MySQL when it has a URL, else its SQLite file. */
export async function createDataSource(o: DataSourceRequest): Promise<DataSource> {
  const shared = {
    entities: [...kitEntities, ...o.entities],
    migrations: [...kitMigrations, ...o.migrations],
    namingStrategy: new SnakeNamingStrategy(),
    migrationsTableName: 'migration',
    logging: false,
  } satisfies Partial<DataSourceOptions>;
  const url = o.as === 'owner' ? (o.config.migrationDatabaseUrl ?? o.config.databaseUrl) : o.config.databaseUrl;
  const source = url === undefined ? sqliteSource(o, shared) : mysqlSource(url, o, shared);
  return source.initialize();
}

/** The dialect a source speaks. */
export function dialectOf(source: DataSource): Dialect {
  return source.options.type === 'better-sqlite3' ? 'sqlite' : 'mysql';
}

type Shared = Pick<DataSourceOptions, 'entities' | 'migrations' | 'namingStrategy' | 'migrationsTableName' | 'logging'>;

function sqliteSource(o: DataSourceRequest, shared: Shared): DataSource {
  const source = new DataSource({
    ...shared,
    type: 'better-sqlite3',
    driver: LibsqlDriver,
    database: join(o.config.dataFolder, `${o.service}.sqlite`),
    prepareDatabase: (connection: LibsqlDriver) => {
      connection.pragma('journal_mode = WAL');
      // Money: a commit that was answered survives a power cut, unless the folder is said to be thrown away anyway.
      connection.pragma(`synchronous = ${o.config.sqliteSynchronous ?? 'full'}`);
      connection.pragma('busy_timeout = 5000');
      // Pages that every batch touches are then copied into the file once for many batches; the log grows to 16 MB.
      connection.pragma('wal_autocheckpoint = 4000');
      connection.pragma('cache_size = -65536');
      connection.pragma('temp_store = MEMORY');
    },
  });
  const driver = source.driver as BetterSqlite3Driver;
  const runners = new SqliteShared(new TransactionGate(o.patience));
  driver.createQueryRunner = () => new SqliteQueryRunner(driver, runners);
  for (const type of Object.keys(sqliteTypes)) {
    driver.supportedDataTypes.push(type as 'blob');
    driver.withLengthColumnTypes.push(type as 'blob');
  }
  const normalizeType = driver.normalizeType.bind(driver);
  driver.normalizeType = (column) => (typeof column.type === 'string' ? sqliteTypes[column.type] : undefined) ?? normalizeType(column);
  return source;
}

function mysqlSource(url: string, o: DataSourceRequest, shared: Shared): DataSource {
  const { hostname, port, username, password, pathname } = new URL(url);
  return new DataSource({
    ...shared,
    type: 'mysql',
    driver: mysqlDriver,
    host: hostname,
    port: port === '' ? 3306 : Number(port),
    username: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: decodeURIComponent(pathname.slice(1)),
    charset: 'utf8mb4_bin',
    timezone: 'Z',
    supportBigNumbers: true,
    bigNumberStrings: true,
    poolSize: o.poolSize ?? 10,
  });
}
