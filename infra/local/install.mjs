import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { findBinaries } from './binaries.mjs';

const PACKAGES = [
  ['mariadb-server', (found) => found.mariadb && found.mariadbClient],
  ['redis-server', (found) => found.redis],
  ['rabbitmq-server', (found) => found.rabbitmq],
  ['chromium', (found) => found.chromium],
  ['hledger', (found) => found.hledger],
  // Without a Chinese font the console's screenshots show boxes.
  ['fonts-wqy-zenhei', () => existsSync('/usr/share/fonts/truetype/wqy')],
];
const GUARD = '/usr/sbin/policy-rc.d';

function run(command, args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const result = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], env });
  if (result.status !== 0) throw new Error(`${command} ${args.join(' ')} failed; its output is above.`);
}

/** Installs the missing Debian packages without letting any of them start a system service. @throws Error */
export function installServers() {
  const found = findBinaries();
  const missing = PACKAGES.filter(([, isThere]) => !isThere(found)).map(([name]) => name);
  if (missing.length === 0) {
    console.log('✓ MariaDB, Redis, RabbitMQ, Chromium, hledger and a Chinese font are installed.');
    return;
  }
  if (!existsSync('/usr/bin/apt-get')) throw new Error(`No apt-get here. Install yourself: ${missing.join(', ')}.`);
  if (process.getuid() !== 0) throw new Error(`Installing needs root: sudo apt-get install ${missing.join(' ')}`);
  console.log(`▸ Installing ${missing.join(', ')} …`);
  // Debian asks this file whether a package may start its service; ours run privately, on their own ports.
  const guarded = existsSync(GUARD);
  if (!guarded) writeFileSync(GUARD, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    run('apt-get', ['update', '-q']);
    run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...missing]);
  } finally {
    if (!guarded) rmSync(GUARD, { force: true });
  }
  console.log('✓ Installed.');
}
