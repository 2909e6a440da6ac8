import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createWriteStream, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type ServiceName, serviceRank } from '@concentric/contracts';
import { eventually, freshSchema, type TestSchema } from '@concentric/testing';
import { type Query, queryOf } from './direct-query';

export type Shape = 'all-in-one' | 'services';

/** Servers of the shape with one process per service. */
export interface Servers {
  readonly mariadb: string;
  readonly amqp: string;
  readonly redis?: string;
}

export const services = Object.keys(serviceRank) as ServiceName[];
const HOST = '127.0.0.1';
const ROOT = resolve(__dirname, '../..');
const upperSnake = (service: ServiceName) => service.replaceAll('-', '_').toUpperCase();

interface Program {
  readonly script: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** What answers when it is up. */
  readonly ready: readonly string[];
  child?: ChildProcess;
}

/** The built product, running as processes of its own on databases of its own. Each process may be killed and started again. */
export class Installation {
  readonly urls = {} as Record<ServiceName, string>;
  readonly adminPassword = randomBytes(18).toString('base64url');
  private readonly folder = mkdtempSync(join(tmpdir(), 'concentric-flow-'));
  private readonly namespace = `flow-${randomBytes(6).toString('hex')}`;
  private readonly programs = new Map<string, Program>();
  private readonly schemas = new Map<ServiceName, TestSchema>();
  private stopping = false;

  private constructor(
    readonly shape: Shape,
    private readonly servers: Servers | undefined,
  ) {}

  /** @throws Error with the end of the log of a process that does not come up */
  static async start(shape: Shape, servers?: Servers): Promise<Installation> {
    const installation = new Installation(shape, servers);
    try {
      await installation.prepare();
      await Promise.all([...installation.programs.keys()].map((name) => installation.launch(name)));
      return installation;
    } catch (error) {
      await installation.stop();
      throw error;
    }
  }

  /** Name of the process in which a service runs. */
  processOf(service: ServiceName): string {
    return this.shape === 'all-in-one' ? 'all-in-one' : service;
  }

  /** Starts a process and waits until its services are ready. @param env more settings of this one start */
  async launch(name: string, env: NodeJS.ProcessEnv = {}): Promise<void> {
    const program = this.program(name);
    const child = spawn(process.execPath, [join(ROOT, program.script), ...program.args], {
      cwd: this.folder,
      env: { ...process.env, ...program.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    program.child = child;
    const log = createWriteStream(this.logOf(name), { flags: 'a' });
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    for (const ready of program.ready) {
      await eventually(
        `${name} to be ready`,
        async () => {
          // A process that is to die at a named point may do so as soon as it lives.
          if (hasEnded(child)) return true;
          return fetch(ready).then(
            ({ ok }) => ok,
            () => false,
          );
        },
        90_000,
      ).catch((error: Error) => Promise.reject(new Error(`${error.message}\n${this.logEnd(name)}`)));
    }
    if (hasEnded(child) && child.signalCode === null) throw new Error(`${name} ended by itself.\n${this.logEnd(name)}`);
  }

  /** Starts one more process of a service beside the first, on the same data. @returns its name, and where it answers */
  async replicate(service: ServiceName): Promise<{ name: string; url: string }> {
    const first = this.program(this.processOf(service));
    const [name, url] = [`${service}-replica`, `http://${HOST}:${await freePort()}`];
    const env = { ...first.env, PORT: new URL(url).port };
    this.programs.set(name, { script: first.script, args: first.args, env, ready: [readyAt(url, service)] });
    await this.launch(name);
    return { name, url };
  }

  /** Stops a process in whatever it is doing, as a machine does that has too much to do, until it is thawed. */
  freeze(name: string): void {
    this.program(name).child?.kill('SIGSTOP');
  }

  thaw(name: string): void {
    this.program(name).child?.kill('SIGCONT');
  }

  /** Every process there is. */
  get processes(): string[] {
    return [...this.programs.keys()];
  }

  isRunning(name: string): boolean {
    const { child } = this.program(name);
    return child !== undefined && !hasEnded(child);
  }

  /** The signal that ended a process, null when it ended by itself. */
  endedBy(name: string): NodeJS.Signals | null {
    return this.program(name).child?.signalCode ?? null;
  }

  /** Ends a process, by default without any warning. */
  async kill(name: string, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const { child } = this.program(name);
    if (child === undefined || hasEnded(child)) return;
    const gone = new Promise<void>((done) => child.once('exit', () => done()));
    child.kill(signal);
    const insist = setTimeout(() => child.kill('SIGKILL'), 15_000);
    await gone;
    clearTimeout(insist);
  }

  /** Reads or changes a service's database behind its back. Dies with nothing: every call has a connection of its own. */
  query<Row extends object>(service: ServiceName): Query<Row> {
    const url = this.schemas.get(service)?.config.migrationDatabaseUrl;
    return queryOf<Row>(url ?? join(this.folder, 'data', `${service}.sqlite`));
  }

  logEnd(name: string): string {
    try {
      return readFileSync(this.logOf(name), 'utf8').trimEnd().split('\n').slice(-15).join('\n');
    } catch {
      return '';
    }
  }

  async stop(): Promise<void> {
    if (this.stopping) return;
    this.stopping = true;
    await Promise.all([...this.programs.keys()].map((name) => this.kill(name, 'SIGTERM')));
    for (const schema of this.schemas.values()) await schema.drop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async prepare(): Promise<void> {
    const shared = {
      CLOCK: 'simulated',
      BOOTSTRAP_ADMIN_PASSWORD: this.adminPassword,
      HOST,
      LOG_LEVEL: 'warn',
      SHUTDOWN_DELAY_MS: '0',
      RATE_LIMIT_PER_MINUTE: '1000000',
    };
    if (this.servers === undefined) {
      const port = await freePort();
      for (const service of services) this.urls[service] = `http://${HOST}:${port}`;
      const args = ['--empty', '--port', String(port), '--data', join(this.folder, 'data')];
      this.programs.set('all-in-one', {
        script: 'apps/all-in-one/dist/main.js',
        args,
        env: shared,
        ready: services.map((service) => readyAt(this.urls[service], service)),
      });
      return;
    }
    for (const service of services) this.urls[service] = `http://${HOST}:${await freePort()}`;
    const amqp = new URL(this.servers.amqp);
    amqp.searchParams.set('namespace', this.namespace);
    const common = {
      ...shared,
      AMQP_URL: amqp.toString(),
      REDIS_URL: this.servers.redis ?? '',
      PII_KEY: randomBytes(32).toString('base64'),
      KEY_SET_URL: `${this.urls.organization}/api/organization/keys`,
    };
    for (const service of services) {
      const schema = await freshSchema({ name: 'mariadb', dialect: 'mysql', adminUrl: this.servers.mariadb }, service);
      this.schemas.set(service, schema);
      const prefix = upperSnake(service);
      const database = {
        [`${prefix}_DATABASE_URL`]: schema.config.databaseUrl,
        [`${prefix}_MIGRATION_DATABASE_URL`]: schema.config.migrationDatabaseUrl,
      };
      const folder = join(this.folder, service);
      mkdirSync(folder);
      const env = { ...common, ...database, PORT: new URL(this.urls[service]).port, DATA_FOLDER: folder };
      this.programs.set(service, {
        script: `apps/${service}/dist/src/main.js`,
        args: [],
        env,
        ready: [readyAt(this.urls[service], service)],
      });
    }
  }

  private program(name: string): Program {
    const found = this.programs.get(name);
    if (!found) throw new Error(`there is no process ${name} in the shape ${this.shape}`);
    return found;
  }

  private logOf(name: string): string {
    return join(this.folder, `${name}.log`);
  }
}

const readyAt = (url: string, service: ServiceName): string => `${url}/api/${service}/ops/ready`;
const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once('error', fail);
    probe.listen(0, HOST, () => {
      const address = probe.address();
      probe.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
