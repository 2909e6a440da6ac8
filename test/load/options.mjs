import { parseArgs } from 'node:util';
// @boundaries-ignore launchers are no package: they run before anything is installed
import { testEnv } from '../../infra/local/env.mjs';
// @boundaries-ignore launchers are no package: they run before anything is installed
import { provision } from '../../infra/local/provision.mjs';
// @boundaries-ignore launchers are no package: they run before anything is installed
import { startServers, throwawayRunFolder } from '../../infra/local/server-set.mjs';

/**
 * Reads the command line of a benchmark; every option is text.
 * @param defaults {name: text}
 */
export function readOptions(defaults) {
  const options = Object.fromEntries(Object.entries(defaults).map(([name, value]) => [name, { type: 'string', default: value }]));
  return parseArgs({ options, strict: true, allowPositionals: false }).values;
}

/** Runs `work` with private servers that are gone afterwards. @param work gets {dir, adminUrl} */
export async function withServers(work) {
  const run = throwawayRunFolder();
  try {
    await startServers(run.dir);
    provision(run.dir);
    return await work({ dir: run.dir, adminUrl: testEnv(run.dir).TEST_MARIADB_URL });
  } finally {
    await run.remove();
  }
}

/** Runs `work` once for each database that --database names: sqlite, mariadb or both. */
export async function onDatabases(option, work) {
  if (!['sqlite', 'mariadb', 'both'].includes(option)) throw new Error(`--database is sqlite, mariadb or both, not ${option}`);
  if (option !== 'mariadb') await work({ name: 'sqlite', dialect: 'sqlite' });
  if (option !== 'sqlite') await withServers(({ adminUrl }) => work({ name: 'mariadb', dialect: 'mysql', adminUrl }));
}
