import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServiceName } from '@concentric/contracts';
import type { ServiceConfig } from '@concentric/service-kit';
import { createConnection } from 'mysql2/promise';
import type { TestDatabase } from './databases';
import { serverUrls } from './server-urls';

export interface TestSchema {
  /** URL of the restricted account, on MySQL. */
  readonly url?: string;
  /** Name of the restricted account, to be granted changes by `migrate`. */
  readonly grantsTo?: string;
  readonly config: ServiceConfig;
  /** Removes the schema, its accounts and its folder. */
  drop(): Promise<void>;
}

/** An empty schema of its own for a spec, with an owner and a restricted account as in production. */
export async function freshSchema(db: TestDatabase, service: ServiceName): Promise<TestSchema> {
  const dataFolder = mkdtempSync(join(tmpdir(), `concentric-${service}-`));
  const common = {
    service,
    port: 0,
    host: '127.0.0.1',
    dataFolder,
    clock: 'simulated',
    issuer: 'concentric',
    keySetUrl: 'http://127.0.0.1:9/api/organization/keys',
    piiKey: Buffer.alloc(32, 7).toString('base64'),
    logLevel: 'silent',
    shutdownDelayMs: 0,
  } as const;
  const removeFolder = () => rmSync(dataFolder, { recursive: true, force: true });
  if (db.adminUrl === undefined) {
    return { config: { ...common, mode: 'embedded' }, drop: async () => removeFolder() };
  }
  const made = await makeMysqlSchema(db.adminUrl);
  const config: ServiceConfig = {
    ...common,
    mode: 'distributed',
    databaseUrl: made.url,
    migrationDatabaseUrl: made.ownerUrl,
    ...(serverUrls.amqp === undefined ? {} : { amqpUrl: `${serverUrls.amqp}?namespace=${made.name}` }),
    ...(serverUrls.redis === undefined ? {} : { redisUrl: serverUrls.redis }),
  };
  return {
    url: made.url,
    grantsTo: made.name,
    config,
    drop: async () => {
      removeFolder();
      await made.drop();
    },
  };
}

async function makeMysqlSchema(adminUrl: string) {
  const name = `t_${randomBytes(8).toString('hex')}`;
  const owner = `${name}_ddl`;
  const password = randomBytes(12).toString('hex');
  await administer(adminUrl, [
    `CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`,
    `CREATE USER '${owner}'@'%' IDENTIFIED BY '${password}'`,
    `GRANT ALL PRIVILEGES ON \`${name.replaceAll('_', '\\_')}\`.* TO '${owner}'@'%' WITH GRANT OPTION`,
    `CREATE USER '${name}'@'%' IDENTIFIED BY '${password}'`,
    `GRANT SELECT, INSERT ON \`${name.replaceAll('_', '\\_')}\`.* TO '${name}'@'%'`,
  ]);
  const at = (user: string) => {
    const url = new URL(adminUrl);
    url.username = user;
    url.password = password;
    url.pathname = `/${name}`;
    return url.toString();
  };
  return {
    name,
    url: at(name),
    ownerUrl: at(owner),
    drop: () => administer(adminUrl, [`DROP DATABASE IF EXISTS ${name}`, `DROP USER IF EXISTS '${owner}'@'%', '${name}'@'%'`]),
  };
}

async function administer(adminUrl: string, statements: readonly string[]): Promise<void> {
  const { hostname, port, username, password } = new URL(adminUrl);
  const connection = await createConnection({
    host: hostname,
    port: port === '' ? 3306 : Number(port),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
  });
  try {
    for (const statement of statements) await connection.query(statement);
  } finally {
    await connection.end();
  }
}
