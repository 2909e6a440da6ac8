import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answers, isAlive, startDetached, stopProcess, waitUntil } from './processes.mjs';

const HELLO = Buffer.from([0x41, 0x4d, 0x51, 0x50, 0, 0, 9, 1]); // "AMQP" 0-9-1
const METHOD_FRAME = 1;

const environment = (folder, server) => ({
  ...process.env,
  HOME: folder, // holds the Erlang cookie, so that two private brokers never meet
  RABBITMQ_NODENAME: `concentric-${server.port}@localhost`,
  RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
  RABBITMQ_NODE_PORT: String(server.port),
  RABBITMQ_DIST_PORT: String(server.distPort),
  RABBITMQ_MNESIA_BASE: join(folder, 'mnesia'),
  RABBITMQ_LOG_BASE: join(folder, 'log'),
  RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq'),
  RABBITMQ_PID_FILE: join(folder, 'server.pid'),
  RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'enabled_plugins'),
  ERL_EPMD_PORT: String(server.epmdPort),
  ERL_EPMD_ADDRESS: '127.0.0.1',
});

function serverPid(folder) {
  const file = join(folder, 'server.pid');
  return existsSync(file) ? Number(readFileSync(file, 'utf8')) : undefined;
}

export const rabbitmq = {
  name: 'RabbitMQ',

  /** @param server {port, distPort, epmdPort, password, pid?}; pid is set */
  async start(binaries, folder, server, options) {
    if (this.isRunning(folder, server)) return;
    mkdirSync(join(folder, 'log'), { recursive: true });
    const config = [
      `listeners.tcp.default = 127.0.0.1:${server.port}`,
      'default_user = concentric', // created at the first boot, in place of guest
      `default_pass = ${server.password}`,
      'vm_memory_high_watermark.absolute = 512MB',
      'disk_free_limit.absolute = 100MB',
    ];
    writeFileSync(join(folder, 'rabbitmq.conf'), `${config.join('\n')}\n`, { mode: 0o600 });
    writeFileSync(join(folder, 'enabled_plugins'), '[].\n');
    const log = join(folder, 'server.log');
    const launcher = startDetached(binaries.rabbitmq, [], { log, env: environment(folder, server) });
    server.pid = launcher; // A script that waits for the server, until that has written down its own id.
    options.onProcess();
    await waitUntil('RabbitMQ is ready', () => answers(server.port, HELLO, (data) => data[0] === METHOD_FRAME), {
      log,
      seconds: 120,
      alive: () => isAlive(launcher),
    });
    server.pid = serverPid(folder) ?? launcher;
  },

  async stop(folder, server, binaries) {
    await stopProcess(server.pid, folder);
    const env = environment(folder, server);
    if (binaries.epmd) spawnSync(binaries.epmd, ['-port', String(server.epmdPort), '-kill'], { env, stdio: 'ignore' });
  },

  isRunning: (folder, server) => isAlive(server.pid, folder),
};
