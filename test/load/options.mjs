import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
// @boundaries-ignore launchers are no package: they run before anything is installed
import { testEnv } from '../../infra/local/env.mjs';
// @boundaries-ignore launchers are no package: they run before anything is installed
import { provision } from '../../infra/local/provision.mjs';
// @boundaries-ignore launchers are no package: they run before anything is installed
import { startServers, stopServers, throwawayRunFolder } from '../../infra/local/server-set.mjs';

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

/**
 * Runs `work` with a private MariaDB that has memory for large books. Without a folder everything is gone afterwards;
 * with one, the database that `work` asks to `keep` is there again in the next run, as it was then.
 * @param work gets {dir, adminUrl, keep}
 */
export async function withMariadb(folder, work) {
  const run = folder === '' ? throwawayRunFolder() : { dir: folder, remove: () => stopServers(folder) };
  const [data, kept] = [join(run.dir, 'mariadb', 'data'), join(run.dir, 'kept')];
  const start = () => startServers(run.dir, { only: ['mariadb'], bufferPool: '12G' });
  const replace = (from, to) => {
    rmSync(to, { recursive: true, force: true });
    cpSync(from, to, { recursive: true });
  };
  if (existsSync(kept)) {
    await stopServers(run.dir);
    replace(kept, data);
  }
  const keep = async () => {
    if (folder === '') return;
    await stopServers(run.dir);
    replace(data, kept);
    await start();
  };
  try {
    await start();
    return await work({ dir: run.dir, adminUrl: testEnv(run.dir).TEST_MARIADB_URL, keep });
  } finally {
    await run.remove();
  }
}
