import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

// Debian keeps servers in sbin, which is not on everybody's path.
const FOLDERS = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin', '/usr/bin'];
// The script behind RabbitMQ's wrapper: the wrapper would switch to another user.
const RABBITMQ_FOLDERS = ['/usr/lib/rabbitmq/bin', '/usr/local/opt/rabbitmq/sbin', '/opt/homebrew/opt/rabbitmq/sbin'];

function find(names, folders) {
  for (const folder of folders) {
    for (const name of names) {
      try {
        accessSync(join(folder, name), constants.X_OK);
        return join(folder, name);
      } catch {
        // Not here; the next candidate may be.
      }
    }
  }
  return undefined;
}

export const INSTALL_COMMAND = 'node infra/local/servers.mjs install';

/** What can be started here: absolute paths, undefined where something is not installed. */
export function findBinaries() {
  return {
    mariadb: find(['mariadbd', 'mysqld'], FOLDERS),
    mariadbClient: find(['mariadb', 'mysql'], FOLDERS),
    mariadbInstall: find(['mariadb-install-db', 'mysql_install_db'], FOLDERS),
    redis: find(['redis-server'], FOLDERS),
    rabbitmq: find(['rabbitmq-server'], RABBITMQ_FOLDERS),
    epmd: find(['epmd'], FOLDERS),
    chromium: find(['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'], FOLDERS),
    hledger: find(['hledger'], FOLDERS),
  };
}

/** @returns the servers of the one-process-per-service shape that are missing here, by their readable names */
export function missingServers(found = findBinaries()) {
  return [
    ['MariaDB', found.mariadb && found.mariadbClient && found.mariadbInstall],
    ['Redis', found.redis],
    ['RabbitMQ', found.rabbitmq],
  ].flatMap(([name, present]) => (present ? [] : [name]));
}
