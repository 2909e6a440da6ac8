import { readConfig } from '@concentric/service-kit';
import { z } from 'zod';

const schema = z.object({
  TOKEN_MINUTES: z.coerce
    .number()
    .int()
    .min(1)
    .max(1440)
    .default(15)
    .describe('how long a token is valid, and so how long a disabled operator may go on'),
  SESSION_HOURS: z.coerce.number().int().min(1).max(168).default(8).describe('how long tokens may be refreshed after signing in'),
  SIGN_INS_PER_MINUTE: z.coerce.number().int().min(1).default(30).describe('attempts to sign in with one name'),
});

export interface SessionConfig {
  readonly tokenMs: number;
  readonly sessionMs: number;
  readonly signInsPerMinute: number;
}
export const SESSION_CONFIG = Symbol('SessionConfig');

/** How long tokens and sessions last. Raises ConfigError. */
export function sessionConfig(env: NodeJS.ProcessEnv = process.env): SessionConfig {
  const read = readConfig(schema, env);
  return { tokenMs: read.TOKEN_MINUTES * 60_000, sessionMs: read.SESSION_HOURS * 3_600_000, signInsPerMinute: read.SIGN_INS_PER_MINUTE };
}
