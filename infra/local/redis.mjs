import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answers, isAlive, startDetached, stopProcess, waitUntil } from './processes.mjs';

export const redis = {
  name: 'Redis',

  /** @param server {port, password, pid?}; pid is set */
  async start(binaries, folder, server, options) {
    if (this.isRunning(folder, server)) return;
    mkdirSync(folder, { recursive: true });
    const config = [
      'bind 127.0.0.1',
      `port ${server.port}`,
      `requirepass ${server.password}`,
      `dir ${folder}`,
      'appendonly yes',
      // Bull keeps its jobs here; evicting one would lose it in silence.
      'maxmemory-policy noeviction',
      'save ""',
    ];
    const file = join(folder, 'redis.conf');
    writeFileSync(file, `${config.join('\n')}\n`, { mode: 0o600 });
    const log = join(folder, 'server.log');
    server.pid = startDetached(binaries.redis, [file], { log, cwd: folder });
    options.onProcess();
    await waitUntil(
      'Redis is ready',
      () => answers(server.port, `AUTH ${server.password}\r\nPING\r\n`, (data) => data.toString().startsWith('+OK')),
      { log, alive: () => isAlive(server.pid) },
    );
  },

  // Redis replaces its command line by its address, which is how it is recognised.
  stop: (_folder, server) => stopProcess(server.pid, `127.0.0.1:${server.port}`),
  isRunning: (_folder, server) => isAlive(server.pid, `127.0.0.1:${server.port}`),
};
