import type { DataSource, QueryRunner } from 'typeorm';
import { refusingTrigger } from './create-table';
import { createDataSource, dialectOf, type DataSourceRequest } from './data-source';

const LOCK_SECONDS = 600;

/**
 * Applies outstanding migrations as the owner of the schema; several processes may call it at once. On MySQL it then
 * grants the account the service runs with UPDATE and DELETE on every table of which triggers do not refuse that.
 * @param grantsTo that account: `name` or `name@host`
 */
export async function migrate(source: DataSource, grantsTo?: string): Promise<void> {
  if (dialectOf(source) === 'sqlite') {
    await source.runMigrations({ transaction: 'each' });
    return;
  }
  const runner = source.createQueryRunner();
  try {
    const lock = `concentric-migrate-${String(source.options.database)}`.slice(0, 64);
    const [granted]: { ok: unknown }[] = await runner.query('SELECT GET_LOCK(?, ?) AS ok', [lock, LOCK_SECONDS]);
    if (Number(granted?.ok) !== 1) throw new Error(`another migration has held the schema for ${LOCK_SECONDS} seconds`);
    try {
      // DDL commits by itself on MySQL; a transaction around it would only pretend.
      await source.runMigrations({ transaction: 'none' });
      if (grantsTo !== undefined) await grantChanges(source, runner, grantsTo);
    } finally {
      await runner.query('SELECT RELEASE_LOCK(?)', [lock]);
    }
  } finally {
    await runner.release();
  }
}

/** Opens a service's database as its owner, migrates it, grants the service's account its changes, and closes it again. */
export async function migrateService(request: DataSourceRequest): Promise<void> {
  const owner = await createDataSource({ ...request, as: 'owner' });
  const { databaseUrl, migrationDatabaseUrl } = request.config;
  // Without an account of its own for migrations the service is the owner and has every right already.
  const restricted =
    databaseUrl !== undefined && migrationDatabaseUrl !== undefined ? decodeURIComponent(new URL(databaseUrl).username) : undefined;
  try {
    await migrate(owner, restricted);
  } finally {
    await owner.destroy();
  }
}

async function grantChanges(source: DataSource, runner: QueryRunner, account: string): Promise<void> {
  const [user = '', host = '%'] = account.split('@');
  if (!/^[\w-]+$/.test(user) || !/^[\w.%:-]+$/.test(host)) throw new Error(`${account} is not an account name`);
  const tables: { name: string }[] = await runner.query(
    "SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE = 'BASE TABLE'",
  );
  const triggers: { name: string }[] = await runner.query(
    'SELECT TRIGGER_NAME AS name FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE()',
  );
  const refused = new Set(triggers.map((trigger) => trigger.name));
  for (const { name } of tables) {
    if (name === source.options.migrationsTableName) continue;
    const rights = (['update', 'delete'] as const).filter((event) => !refused.has(refusingTrigger(name, event))).join(', ');
    if (rights) await runner.query(`GRANT ${rights} ON \`${String(source.options.database)}\`.\`${name}\` TO '${user}'@'${host}'`);
  }
}
