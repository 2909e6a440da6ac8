// The three private servers together: what they are called, where they live, starting and stopping them.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { findBinaries, INSTALL_COMMAND, missingServers } from './binaries.mjs';
import { mariadb } from './mariadb.mjs';
import { freePort } from './processes.mjs';
import { rabbitmq } from './rabbitmq.mjs';
import { redis } from './redis.mjs';

const KINDS = { mariadb, redis, rabbitmq };
const secret = () => randomBytes(18).toString('hex');

/** What is remembered of a run folder: ports, passwords and process ids per server, passwords per service. */
export function readState(dir) {
  const file = join(dir, 'servers.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

export function writeState(dir, state) {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  writeFileSync(join(dir, 'servers.json'), `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
}

async function newState(ports) {
  const amqp = ports.amqp ?? (await freePort());
  return {
    mariadb: { port: ports.mariadb ?? (await freePort()), password: secret() },
    redis: { port: ports.redis ?? (await freePort()), password: secret() },
    rabbitmq: { port: amqp, distPort: await freePort(), epmdPort: await freePort(), password: secret() },
    services: {},
    // The one key of personal data that all services share; losing it makes that data unreadable.
    piiKey: randomBytes(32).toString('base64'),
  };
}

/**
 * Starts what is not running yet. Ports are chosen once per run folder and kept.
 * @param options {only?: ('mariadb'|'redis'|'rabbitmq')[], bufferPool?: '512M', ports?: {mariadb?, redis?, amqp?}}
 * @returns the state @throws Error naming what is missing and the one command that installs it
 */
export async function startServers(dir, options = {}) {
  dir = resolve(dir); // The servers change their folder, so every path must be absolute.
  const binaries = findBinaries();
  const kinds = options.only ?? Object.keys(KINDS);
  const missing = missingServers(binaries).filter((name) => kinds.some((kind) => KINDS[kind].name === name));
  if (missing.length > 0) throw new Error(`${missing.join(', ')} not installed here. Install with: ${INSTALL_COMMAND}`);
  const state = readState(dir) ?? (await newState(options.ports ?? {}));
  writeState(dir, state);
  // Process ids are written down as soon as there are any, so that whoever interrupts a start can still stop it.
  const settings = { ...options, onProcess: () => writeState(dir, state) };
  const results = await Promise.allSettled(kinds.map((kind) => KINDS[kind].start(binaries, join(dir, kind), state[kind], settings)));
  writeState(dir, state);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
  return state;
}

/** Stops what runs, in order, waiting for each to have written everything. */
export async function stopServers(dir) {
  dir = resolve(dir);
  const state = readState(dir);
  if (!state) return;
  const binaries = findBinaries();
  await Promise.all(Object.entries(KINDS).map(([kind, server]) => server.stop(join(dir, kind), state[kind], binaries)));
  for (const kind of Object.keys(KINDS)) delete state[kind].pid;
  writeState(dir, state);
}

/** @returns [{name, port, running}] of a run folder, empty when nothing was ever started there */
export function serverStatus(dir) {
  dir = resolve(dir);
  const state = readState(dir);
  if (!state) return [];
  return Object.entries(KINDS).map(([kind, server]) => ({
    name: server.name,
    port: state[kind].port,
    running: server.isRunning(join(dir, kind), state[kind]),
  }));
}

/**
 * A run folder that is gone afterwards, also when the process is told to end while nothing else listens to signals.
 * @returns {dir, remove}; remove stops the servers and deletes the folder
 */
export function throwawayRunFolder() {
  const dir = join(tmpdir(), `concentric-run-${process.pid}-${randomBytes(4).toString('hex')}`);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const remove = async () => {
    await stopServers(dir);
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, async () => {
      // A program in the foreground gets the signal too; it ends first, and the servers it uses are stopped after it.
      if (process.listenerCount(signal) > 1) return;
      await remove();
      process.exit(130);
    });
  }
  return { dir, remove };
}
