import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@concentric/testing';

export const ADMIN_PASSWORD = 'browser-test-admin';
const MAIN = join(__dirname, '../../apps/all-in-one/dist/main.js');

/** The whole product in a process of its own, as it is built, on a data folder of its own. */
export interface RunningConsole {
  readonly url: string;
  /** Where the services keep their databases, for what no service would do. */
  readonly dataFolder: string;
  close(): Promise<void>;
}

/** Starts the built all-in-one without the sample, with a clock that may be moved. */
export async function startConsole(): Promise<RunningConsole> {
  const folder = await mkdtemp(join(tmpdir(), 'concentric-browser-'));
  const port = await freePort();
  const env = { ...process.env, BOOTSTRAP_ADMIN_PASSWORD: ADMIN_PASSWORD, CLOCK: 'simulated' };
  const child = spawn(process.execPath, [MAIN, '--empty', '--port', String(port), '--data', folder], { env });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const url = `http://127.0.0.1:${port}`;
  await eventually(
    'the all-in-one to answer',
    async () => {
      if (child.exitCode !== null) throw new Error(`the all-in-one ended: ${said.slice(-2000)}`);
      return fetch(`${url}/api/indicators/ops/ready`).then(
        ({ ok }) => ok,
        () => false,
      );
    },
    30_000,
  );
  return { url, dataFolder: folder, close: () => stop(child, folder) };
}

async function stop(child: ChildProcess, folder: string): Promise<void> {
  if (child.exitCode === null) {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
  }
  await rm(folder, { recursive: true, force: true });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}
