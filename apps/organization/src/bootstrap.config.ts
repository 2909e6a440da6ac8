import { randomBytes } from 'node:crypto';
import { ConfigError, localSecret, readConfig, type ServiceConfig } from '@concentric/service-kit';
import { z } from 'zod';

const schema = z.object({
  BOOTSTRAP_ADMIN_PASSWORD: z.string().min(12).max(200).optional().describe('at least 12 characters; only used while there is no operator'),
});

/**
 * The password of the first administrator. Embedded it is made up and kept in the data folder when not given; elsewhere
 * there is no default to forget about. Raises ConfigError.
 */
export function bootstrapPassword(config: ServiceConfig, env: NodeJS.ProcessEnv = process.env): string {
  const given = readConfig(schema, env).BOOTSTRAP_ADMIN_PASSWORD;
  if (given !== undefined) return given;
  if (config.mode === 'embedded')
    return localSecret(config.dataFolder, 'BOOTSTRAP_ADMIN_PASSWORD', () => randomBytes(12).toString('base64url'));
  throw new ConfigError([
    {
      name: 'BOOTSTRAP_ADMIN_PASSWORD',
      message: 'is not set, and there is no operator yet who could sign in',
      remedy: 'at least 12 characters',
    },
  ]);
}
