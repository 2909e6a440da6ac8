// Private MariaDB, Redis and RabbitMQ from installed binaries: loopback only, own ports, own folder, no Docker.
//
//   node infra/local/servers.mjs install|start|provision|status|env|stop [--dir run]
//        [--mariadb-port N] [--redis-port N] [--amqp-port N] [--buffer-pool 512M]
//
// What the services read from the environment; `env` prints it, `export $(node infra/local/servers.mjs env)` sets it:
//
//   <SERVICE>_DATABASE_URL            mysql://user:password@host:port/schema   reads and appends; UPDATE and DELETE are
//                                     granted per table by the owner after a migration
//   <SERVICE>_MIGRATION_DATABASE_URL  mysql://owner:password@host:port/schema  everything within that schema
//   AMQP_URL                          amqp://user:password@host:port
//   REDIS_URL                         redis://:password@host:port
//   PII_KEY                           32 bytes in base64, the same for every service
//
// Whoever starts the processes adds what it decides itself: PORT and KEY_SET_URL (where organization answers).
// <SERVICE> is the service's name in upper snake case: COMMERCE, CONTENT_PLANNING, MEMBERSHIP, DISTRIBUTION,
// ORGANIZATION, INDICATORS. What specs read is set by test.mjs: TEST_MARIADB_URL (an administrator), TEST_AMQP_URL,
// TEST_REDIS_URL, TEST_CHROMIUM and TEST_HLEDGER (paths).
import util from 'node:util';
import { resolve } from 'node:path';
import { serviceEnv } from './env.mjs';
import { installServers } from './install.mjs';
import { ROOT } from './paths.mjs';
import { checkNode } from './prepare.mjs';
import { provision } from './provision.mjs';
import { readState, serverStatus, startServers, stopServers } from './server-set.mjs';

const USAGE = `node infra/local/servers.mjs install|start|provision|status|env|stop [--dir run]
     [--mariadb-port N] [--redis-port N] [--amqp-port N] [--buffer-pool 512M]`;

const OPTIONS = {
  dir: { type: 'string', default: resolve(ROOT, 'run') },
  'mariadb-port': { type: 'string' },
  'redis-port': { type: 'string' },
  'amqp-port': { type: 'string' },
  'buffer-pool': { type: 'string' },
};

const portOf = (text) => (text === undefined ? undefined : Number(text));

function printStatus(dir) {
  const servers = serverStatus(dir);
  if (servers.length === 0) console.log(`Nothing was started in ${dir} yet.`);
  for (const { name, port, running } of servers) {
    console.log(`${name.padEnd(9)} 127.0.0.1:${port}  ${running ? 'running' : 'stopped'}`);
  }
}

function started(dir) {
  if (!readState(dir)) throw new Error(`Nothing was started in ${dir} yet: node infra/local/servers.mjs start`);
  return dir;
}

const COMMANDS = {
  install: () => installServers(),
  async start(dir, values) {
    const ports = {
      mariadb: portOf(values['mariadb-port']),
      redis: portOf(values['redis-port']),
      amqp: portOf(values['amqp-port']),
    };
    await startServers(dir, { ports, bufferPool: values['buffer-pool'] });
    provision(dir);
    printStatus(dir);
  },
  provision: (dir) => provision(started(dir)),
  status: (dir) => printStatus(dir),
  env(dir) {
    for (const [name, value] of Object.entries(serviceEnv(started(dir)))) console.log(`${name}=${value}`);
  },
  stop: (dir) => stopServers(dir),
};

checkNode();
try {
  const { values, positionals } = util.parseArgs({ options: OPTIONS, strict: true, allowPositionals: true });
  const command = COMMANDS[positionals[0]];
  if (!command || positionals.length > 1) throw new Error(`Usage: ${USAGE}`);
  await command(resolve(values.dir), values);
} catch (error) {
  console.error(`✗ ${error.message}`);
  process.exit(1);
}
