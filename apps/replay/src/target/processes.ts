import { serviceRank, type ServiceName } from '@concentric/contracts';
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createWriteStream, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ServiceUrls } from './api';

export type Shape = 'all-in-one' | 'services';

/** The services of a run, and how to end them. */
export interface Target {
  readonly urls: ServiceUrls;
  readonly adminPassword: string;
  /** Rejects when a process ends by itself: nothing that follows could succeed. */
  readonly failed: Promise<never>;
  stop(): Promise<void>;
}

const HOST = '127.0.0.1';
const STARTUP = 90_000;
const SHUTDOWN = 15_000;
/** Batches live for milliseconds: a nursery that holds a few of them spares copying them into the old space. */
const MEMORY = ['--max-old-space-size=400', '--max-semi-space-size=32'];
const services = Object.keys(serviceRank) as ServiceName[];

/**
 * Starts a throwaway installation with a simulated clock.
 * @param root the repository @param folder for databases and logs @param settings for every process, instead of these
 * @throws Error with the end of the log when it does not start
 */
export async function startTarget(shape: Shape, root: string, folder: string, settings: NodeJS.ProcessEnv = {}): Promise<Target> {
  const adminPassword = randomBytes(18).toString('base64url');
  const shared = {
    CLOCK: 'simulated',
    BOOTSTRAP_ADMIN_PASSWORD: adminPassword,
    HOST,
    LOG_LEVEL: 'warn',
    SHUTDOWN_DELAY_MS: '0',
    RATE_LIMIT_PER_MINUTE: '1000000',
    // The folder is thrown away: after a crash the run begins again, so no commit waits for the disk.
    SQLITE_SYNCHRONOUS: 'off',
    ...settings,
  };
  const fleet = new Fleet(root, folder);
  try {
    const urls = shape === 'all-in-one' ? await startAllInOne(fleet, folder, shared) : await startServices(fleet, folder, shared);
    return { urls, adminPassword, failed: fleet.failed, stop: () => fleet.stop() };
  } catch (error) {
    await fleet.stop();
    throw error;
  }
}

async function startAllInOne(fleet: Fleet, folder: string, shared: NodeJS.ProcessEnv): Promise<ServiceUrls> {
  const port = await freePort();
  const url = `http://${HOST}:${port}`;
  fleet.start('all-in-one', 'apps/all-in-one/dist/main.js', ['--empty', '--port', String(port), '--data', join(folder, 'data')], shared);
  const urls = Object.fromEntries(services.map((service) => [service, url])) as Record<ServiceName, string>;
  await Promise.all(services.map((service) => fleet.ready(service, url)));
  return urls;
}

async function startServices(fleet: Fleet, folder: string, shared: NodeJS.ProcessEnv): Promise<ServiceUrls> {
  const missing = ['AMQP_URL', 'COMMERCE_DATABASE_URL'].filter((name) => !process.env[name]);
  if (missing.length > 0)
    throw new Error(`the shape services needs its servers (${missing.join(', ')} not set): run it as npm run replay, which starts them`);
  const ports = new Map<ServiceName, number>();
  for (const service of services) ports.set(service, await freePort(new Set(ports.values())));
  const urls = Object.fromEntries(services.map((service) => [service, `http://${HOST}:${ports.get(service)}`])) as Record<
    ServiceName,
    string
  >;
  const common = { ...shared, KEY_SET_URL: `${urls.organization}/api/organization/keys`, PII_KEY: randomBytes(32).toString('base64') };
  for (const service of services) {
    fleet.start(service, `apps/${service}/dist/src/main.js`, [], {
      ...common,
      PORT: String(ports.get(service)),
      DATA_FOLDER: join(folder, service),
    });
  }
  await Promise.all(services.map((service) => fleet.ready(service, urls[service])));
  return urls;
}

/** Child processes that live and die together. */
class Fleet {
  readonly failed: Promise<never>;
  private readonly children: { name: string; child: ChildProcess; log: string }[] = [];
  private stopping = false;
  private fail: (error: Error) => void = () => undefined;

  constructor(
    private readonly root: string,
    private readonly folder: string,
  ) {
    this.failed = new Promise((_, reject) => (this.fail = reject));
    this.failed.catch(() => undefined);
    // However this process ends, no child outlives it.
    process.once('exit', () => this.children.forEach(({ child }) => child.kill('SIGKILL')));
  }

  start(name: string, script: string, args: readonly string[], env: NodeJS.ProcessEnv): void {
    const log = join(this.folder, `${name}.log`);
    const child = spawn(process.execPath, [...MEMORY, join(this.root, script), ...args], {
      cwd: this.folder,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output = createWriteStream(log, { flags: 'a' });
    child.stdout.pipe(output, { end: false });
    child.stderr.pipe(output, { end: false });
    this.children.push({ name, child, log });
    child.once('exit', (code, signal) => {
      if (!this.stopping) this.fail(new Error(`${name} ended by itself (${signal ?? `exit code ${code}`}).${endOf(log)}`));
    });
  }

  async ready(name: ServiceName, url: string): Promise<void> {
    const deadline = Date.now() + STARTUP;
    const answers = () =>
      fetch(`${url}/api/${name}/ops/ready`).then(
        ({ ok }) => ok,
        () => false,
      );
    while (!(await Promise.race([answers(), this.failed]))) {
      if (Date.now() > deadline)
        throw new Error(`${name} was not ready within ${STARTUP / 1000} s.${this.children.map(({ log }) => endOf(log)).join('')}`);
      await pause(50);
    }
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.children.map(({ child }) => end(child)));
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const insist = setTimeout(() => child.kill('SIGKILL'), SHUTDOWN);
  await gone;
  clearTimeout(insist);
}

function endOf(log: string): string {
  try {
    const lines = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-15);
    return lines.join('') === '' ? '' : `\n${lines.join('\n')}`;
  } catch {
    return '';
  }
}

function freePort(taken: ReadonlySet<number> = new Set()): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, HOST, () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => (taken.has(port) ? resolve(freePort(taken)) : resolve(port)));
    });
  });
}
