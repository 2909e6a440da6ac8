import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import type { ServiceName } from '@concentric/contracts';
import { z } from 'zod';
import { ConfigError, type ConfigProblem } from './config.errors';
import { localSecret } from './local-secret';
import { readConfig } from './read-config';

const port = z.coerce.number().int().min(0).max(65_535);
const url = (...protocols: string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol.replace(':', '')), {
    message: `must be a URL starting with ${protocols.map((p) => `${p}://`).join(' or ')}`,
  });

/** Settings every service reads. Keys are environment names. */
export const kitConfig = z.object({
  DATA_FOLDER: z.string().default('data').describe('folder of the embedded databases and secrets'),
  PORT: port.default(3000).describe('TCP port to listen on, 0 to 65535'),
  HOST: z.string().default('127.0.0.1').describe('address to listen on'),
  AMQP_URL: url('amqp', 'amqps').optional().describe('amqp://user:password@host:5672'),
  REDIS_URL: url('redis', 'rediss').optional().describe('redis://:password@host:6379'),
  CLOCK: z.enum(['system', 'simulated']).default('system').describe('system or simulated'),
  TOKEN_ISSUER: z.string().default('concentric').describe('issuer of the tokens that operators sign in with'),
  KEY_SET_URL: url('http', 'https').optional().describe('http://<organization>/api/organization/keys'),
  PII_KEY: z
    .string()
    .refine((text) => Buffer.from(text, 'base64').length === 32, { message: 'must be 32 bytes in base64' })
    .optional()
    .describe('openssl rand -base64 32; the same for every service'),
  SQLITE_SYNCHRONOUS: z
    .enum(['full', 'normal', 'off'])
    .default('full')
    .describe('full, normal or off: off only for data that is thrown away after a crash'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('fatal, error, warn, info, debug, trace or silent'),
  SHUTDOWN_DELAY_MS: z.coerce.number().int().min(0).max(600_000).default(0).describe('milliseconds between "not ready" and closing'),
});

/** What one service runs on. */
export interface ServiceConfig {
  readonly service: ServiceName;
  /** `embedded`: SQLite file, in-process delivery, jobs in a table. `distributed`: MySQL, RabbitMQ, Redis. */
  readonly mode: 'embedded' | 'distributed';
  readonly port: number;
  readonly host: string;
  /** Absolute path. */
  readonly dataFolder: string;
  readonly databaseUrl?: string;
  /** The account that owns the schema; only migrations use it. */
  readonly migrationDatabaseUrl?: string;
  /** How much of a commit an embedded database waits for; `full`, what money needs, when left out. */
  readonly sqliteSynchronous?: 'full' | 'normal' | 'off';
  readonly amqpUrl?: string;
  readonly redisUrl?: string;
  readonly clock: 'system' | 'simulated';
  readonly issuer: string;
  readonly keySetUrl: string;
  /** 32 bytes in base64: the root of every key for personal data. */
  readonly piiKey: string;
  readonly logLevel: string;
  /** Between answering "not ready" and closing, so that load balancers have noticed. */
  readonly shutdownDelayMs: number;
}

/** Environment prefix of a service: `content-planning` -> `CONTENT_PLANNING`. */
export const environmentPrefix = (service: ServiceName): string => service.replaceAll('-', '_').toUpperCase();

/**
 * Reads a service's settings. Without `<SERVICE>_DATABASE_URL` the service is embedded.
 * @throws ConfigError naming every missing or unusable setting
 */
export function serviceConfig(service: ServiceName, env: NodeJS.ProcessEnv): ServiceConfig {
  const prefix = environmentPrefix(service);
  const databaseName = `${prefix}_DATABASE_URL`;
  const migrationName = `${prefix}_MIGRATION_DATABASE_URL`;
  const databaseUrl = url('mysql', 'mariadb').optional().describe('mysql://user:password@host:3306/schema');
  const own: Record<string, typeof databaseUrl> = { [databaseName]: databaseUrl, [migrationName]: databaseUrl };
  const read = readConfig(kitConfig, env);
  const urls = readConfig(z.object(own), env);
  const database = urls[databaseName];
  const migration = urls[migrationName];
  if (database !== undefined) requireDistributed(databaseName, read);
  const dataFolder = resolve(read.DATA_FOLDER);
  return {
    service,
    mode: database === undefined ? 'embedded' : 'distributed',
    port: read.PORT,
    host: read.HOST,
    dataFolder,
    ...(database === undefined ? {} : { databaseUrl: database }),
    ...(migration === undefined ? {} : { migrationDatabaseUrl: migration }),
    ...(read.AMQP_URL === undefined ? {} : { amqpUrl: read.AMQP_URL }),
    ...(read.REDIS_URL === undefined ? {} : { redisUrl: read.REDIS_URL }),
    clock: read.CLOCK,
    issuer: read.TOKEN_ISSUER,
    keySetUrl: read.KEY_SET_URL ?? `http://127.0.0.1:${read.PORT}/api/organization/keys`,
    piiKey: read.PII_KEY ?? localSecret(dataFolder, 'PII_KEY', () => randomBytes(32).toString('base64')),
    sqliteSynchronous: read.SQLITE_SYNCHRONOUS,
    logLevel: read.LOG_LEVEL,
    shutdownDelayMs: read.SHUTDOWN_DELAY_MS,
  };
}

/** What a process of its own cannot make up: a key generated per process would make personal data unreadable elsewhere. */
function requireDistributed(because: string, read: z.output<typeof kitConfig>): void {
  const problems = (['AMQP_URL', 'KEY_SET_URL', 'PII_KEY'] as const)
    .filter((name) => read[name] === undefined)
    .map((name): ConfigProblem => {
      const remedy = kitConfig.shape[name].description;
      return { name, message: `is not set, but ${because} is`, ...(remedy ? { remedy } : {}) };
    });
  if (problems.length > 0) throw new ConfigError(problems);
}
