import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { eventually } from '@concentric/testing';
import type { Servers } from '../flows/installation';

const PROGRAM = resolve(__dirname, '../../infra/local/servers.mjs');
const run = promisify(execFile);

interface State {
  readonly mariadb: { readonly port: number; readonly password: string; readonly pid?: number };
  readonly redis: { readonly port: number; readonly password: string; readonly pid?: number };
  readonly rabbitmq: { readonly port: number; readonly password: string; readonly pid?: number };
}

/** MariaDB, RabbitMQ and Redis that belong to one spec, which may therefore kill them. */
export class PrivateServers {
  private readonly folder = mkdtempSync(join(tmpdir(), 'concentric-faults-'));

  private constructor() {}

  static async start(): Promise<PrivateServers> {
    const servers = new PrivateServers();
    await servers.resume();
    return servers;
  }

  get urls(): Servers {
    const { mariadb, redis, rabbitmq } = this.state;
    return {
      mariadb: `mysql://root:${mariadb.password}@127.0.0.1:${mariadb.port}/`,
      amqp: `amqp://concentric:${rabbitmq.password}@127.0.0.1:${rabbitmq.port}`,
      redis: `redis://:${redis.password}@127.0.0.1:${redis.port}`,
    };
  }

  /** Kills one of them without warning and waits until it is gone. */
  async kill(server: keyof State): Promise<void> {
    const { pid } = this.state[server];
    if (pid === undefined) throw new Error(`${server} does not run`);
    process.kill(pid, 'SIGKILL');
    await eventually(`${server} to be gone`, async () => !isAlive(pid));
  }

  /** Starts whatever does not run, on the data and ports it had. */
  async resume(): Promise<void> {
    await run(process.execPath, [PROGRAM, 'start', '--dir', this.folder, '--buffer-pool', '128M']);
  }

  /** Empties Redis while it is in use. */
  async forgetRedis(): Promise<void> {
    const { port, password } = this.state.redis;
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.on('data', (data: Buffer) => void (answer += data.toString()));
    socket.write(`AUTH ${password}\r\nFLUSHALL\r\n`);
    await eventually('Redis to forget', async () => answer === '+OK\r\n+OK\r\n');
    socket.destroy();
  }

  async stop(): Promise<void> {
    await run(process.execPath, [PROGRAM, 'stop', '--dir', this.folder]);
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  private get state(): State {
    return JSON.parse(readFileSync(join(this.folder, 'servers.json'), 'utf8')) as State;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A zombie is gone for our purposes.
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8') !== '';
  } catch {
    return false;
  }
}
