import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { ConfigError } from './config.errors';
import { readConfig } from './read-config';
import { serviceConfig } from './service.config';

describe('the configuration of a service', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'config-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is embedded without a database URL and keeps the generated key for the next start', () => {
    const first = serviceConfig('commerce', { DATA_FOLDER: folder });
    expect(first).toMatchObject({ service: 'commerce', mode: 'embedded', dataFolder: folder, clock: 'system', port: 3000 });
    expect(serviceConfig('membership', { DATA_FOLDER: folder }).piiKey).toBe(first.piiKey);
    expect(statSync(join(folder, 'secrets.json')).mode & 0o777).toBe(0o600);
    expect(Object.keys(JSON.parse(readFileSync(join(folder, 'secrets.json'), 'utf8')))).toEqual(['PII_KEY']);
  });

  it('asks by name for everything that a process of its own needs, all at once', () => {
    const env = { DATA_FOLDER: folder, CONTENT_PLANNING_DATABASE_URL: 'mysql://u:p@db/content' };
    expect(() => serviceConfig('content-planning', env)).toThrow(/AMQP_URL[^]*KEY_SET_URL[^]*PII_KEY/);
  });

  it('names every unusable setting with a remedy and never prints a value', () => {
    const env = { PORT: 'many', CLOCK: 'sundial', PII_KEY: 'hunter2', AMQP_URL: 'http://secret@x' };
    let error: unknown;
    try {
      serviceConfig('commerce', env);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(ConfigError);
    if (!(error instanceof ConfigError)) return;
    expect(error.problems.map((p) => p.name).sort()).toEqual(['AMQP_URL', 'CLOCK', 'PII_KEY', 'PORT']);
    expect(error.message).toContain('openssl rand');
    expect(error.message).not.toMatch(/hunter2|secret@|sundial/);
  });

  it('counts an empty value as missing', () => {
    const schema = z.object({ NAME: z.string().describe('what to call it') });
    expect(() => readConfig(schema, { NAME: ' ' })).toThrow('NAME: is not set (what to call it)');
  });
});
