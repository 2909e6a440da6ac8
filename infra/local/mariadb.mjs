import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';
import { answers, isAlive, startDetached, stopProcess, waitUntil } from './processes.mjs';

const asRoot = process.getuid?.() === 0;

/** Fills {{name}} in a template; an unknown name is an error, so that no placeholder reaches a server. */
export function fillTemplate(path, values) {
  return readFileSync(path, 'utf8').replace(/\{\{(\w+)\}\}/g, (_, name) => {
    if (values[name] === undefined) throw new Error(`${path} asks for {{${name}}}, which nobody gave.`);
    return values[name];
  });
}

function writeServerConfig(folder, server, options) {
  const config = fillTemplate(join(ROOT, 'infra/mysql/server.cnf'), { bufferPool: options.bufferPool ?? '512M' });
  const lines = [
    `datadir = ${join(folder, 'data')}`,
    `socket = ${join(folder, 's')}`,
    `pid-file = ${join(folder, 'server.pid')}`,
    `tmpdir = ${join(folder, 'tmp')}`,
    'bind-address = 127.0.0.1',
    `port = ${server.port}`,
    // Left out for others: only root must name the account it runs as, and means itself.
    ...(asRoot ? ['user = root'] : []),
  ];
  writeFileSync(join(folder, 'server.cnf'), `${config}\n${lines.join('\n')}\n`, { mode: 0o600 });
  const client = `[client]\nuser = root\npassword = ${server.password}\nhost = 127.0.0.1\nport = ${server.port}\nprotocol = tcp\n`;
  writeFileSync(join(folder, 'client.cnf'), client, { mode: 0o600 });
}

function initialise(binaries, folder, server) {
  const args = [
    `--defaults-file=${join(folder, 'server.cnf')}`,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
    '--skip-name-resolve',
  ];
  execFileSync(binaries.mariadbInstall, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  // Read by the first start only: the one administrator comes over loopback and with a password.
  const sql = [
    `CREATE OR REPLACE USER 'root'@'127.0.0.1' IDENTIFIED BY '${server.password}';`,
    `GRANT ALL PRIVILEGES ON *.* TO 'root'@'127.0.0.1' WITH GRANT OPTION;`,
    `ALTER USER 'root'@'localhost' IDENTIFIED BY '${server.password}';`,
    `DELETE FROM mysql.global_priv WHERE User = '' OR (User = 'root' AND Host NOT IN ('127.0.0.1', 'localhost'));`,
    'FLUSH PRIVILEGES;',
  ];
  writeFileSync(join(folder, 'first-start.sql'), `${sql.join('\n')}\n`, { mode: 0o600 });
}

/** Runs SQL as administrator. @throws Error with what the server said */
export function runSql(binaries, folder, sql) {
  const args = [`--defaults-file=${join(folder, 'client.cnf')}`, '--batch', '--skip-column-names'];
  const result = spawnSync(binaries.mariadbClient, args, { input: sql, encoding: 'utf8' });
  if (result.status !== 0) throw new Error(`MariaDB refused: ${result.stderr || result.error?.message}`);
  return result.stdout;
}

export const mariadb = {
  name: 'MariaDB',

  /** @param server {port, password, pid?}; pid is set @param options {bufferPool?: '512M', onProcess} */
  async start(binaries, folder, server, options) {
    if (this.isRunning(folder, server)) return;
    mkdirSync(join(folder, 'tmp'), { recursive: true });
    writeServerConfig(folder, server, options);
    const log = join(folder, 'server.log');
    const args = [`--defaults-file=${join(folder, 'server.cnf')}`];
    if (!existsSync(join(folder, 'data', 'mysql'))) {
      initialise(binaries, folder, server);
      args.push(`--init-file=${join(folder, 'first-start.sql')}`);
    }
    server.pid = startDetached(binaries.mariadb, args, { log });
    options.onProcess();
    await waitUntil(
      'MariaDB is ready',
      async () => {
        const greets = await answers(server.port, undefined, (data) => data.length > 5 && data[4] === 10);
        if (!greets) return false;
        try {
          runSql(binaries, folder, 'SELECT 1;');
          return true;
        } catch {
          return false;
        }
      },
      { log, alive: () => this.isRunning(folder, server) },
    );
  },

  stop: (folder, server) => stopProcess(server.pid, folder),
  isRunning: (folder, server) => isAlive(server.pid, folder),
};
