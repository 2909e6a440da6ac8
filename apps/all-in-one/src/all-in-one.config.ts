import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { ServiceName } from '@concentric/contracts';
import { serviceConfig, type ServiceConfig } from '@concentric/service-kit';

export const help = `Runs every service of Concentric and its console in one process, for evaluation and development.

  --empty      start without the sample brand
  --port N     port for console and API (default 3000, 0 for any free one)
  --data DIR   folder for the databases (default ./data)
  --help       show this

Not for production: CONCENTRIC_ALLOW_EMBEDDED=1 overrides the refusal under NODE_ENV=production.
`;

export interface Options {
  readonly help: boolean;
  readonly sample: boolean;
  readonly port: number;
  readonly host: string;
  /** Absolute path. */
  readonly dataFolder: string;
  /** Whether the clock may be moved: asked for, or needed to lay out the sample's past. */
  readonly simulatedClock: boolean;
}

/** Reads command line and environment. @throws Error in one line that says what to do */
export function readOptions(words: string[] = process.argv.slice(2), env: NodeJS.ProcessEnv = process.env): Options {
  const { values } = parseArgs({
    args: words,
    options: { empty: { type: 'boolean' }, port: { type: 'string' }, data: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  const port = values.port ?? env['PORT'] ?? '3000';
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw new Error(`--port must be a number from 0 to 65535, not ${port}`);
  if (values.data === '') throw new Error('--data must name a folder');
  if (env['NODE_ENV'] === 'production' && env['CONCENTRIC_ALLOW_EMBEDDED'] !== '1' && !values.help) {
    throw new Error(
      'one process on embedded databases is not for NODE_ENV=production: run one process per service, or set CONCENTRIC_ALLOW_EMBEDDED=1',
    );
  }
  const sample = values.empty !== true;
  return {
    help: values.help === true,
    sample,
    port: Number(port),
    host: env['HOST'] ?? '127.0.0.1',
    dataFolder: resolve(values.data ?? env['DATA_FOLDER'] ?? 'data'),
    simulatedClock: env['CLOCK'] === undefined ? sample : env['CLOCK'] === 'simulated',
  };
}

/** A service's settings in this process: always embedded, whatever servers the environment names. */
export function configOf(
  service: ServiceName,
  { dataFolder, host, simulatedClock }: Options,
  port: number,
  env: NodeJS.ProcessEnv = process.env,
): ServiceConfig {
  const own = Object.fromEntries(Object.entries(env).filter(([name]) => !/(_DATABASE_URL|^AMQP_URL|^REDIS_URL)$/.test(name)));
  return serviceConfig(service, {
    LOG_LEVEL: 'warn',
    ...own,
    DATA_FOLDER: dataFolder,
    HOST: host,
    PORT: String(port),
    KEY_SET_URL: `http://127.0.0.1:${port}/api/organization/keys`,
    CLOCK: simulatedClock ? 'simulated' : 'system',
  });
}

/** The first operator's password when the environment gives one. */
export const givenPassword = (env: NodeJS.ProcessEnv = process.env): string | undefined => env['BOOTSTRAP_ADMIN_PASSWORD'] || undefined;
