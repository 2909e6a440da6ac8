import { z } from 'zod';
import { readConfig } from '../config/read-config';

const schema = z.object({
  /** Largest JSON body of an ordinary route. */
  BODY_LIMIT_BYTES: z.coerce
    .number()
    .int()
    .min(1024)
    .max(64 * 1024 * 1024)
    .default(256 * 1024),
  /** Largest JSON body of a route that takes batches (500 orders with many lines fit). */
  LARGE_BODY_LIMIT_BYTES: z.coerce
    .number()
    .int()
    .min(1024)
    .max(256 * 1024 * 1024)
    .default(8 * 1024 * 1024),
  /** Requests per minute of one caller (operator, or address when not signed in) before 429. */
  RATE_LIMIT_PER_MINUTE: z.coerce.number().int().min(1).default(60_000),
  /** Addresses or CIDR ranges of proxies whose X-Forwarded-For is believed, comma separated; none by default. */
  TRUSTED_PROXIES: z.string().default(''),
});

export interface HttpConfig {
  bodyLimit: number;
  largeBodyLimit: number;
  rateLimitPerMinute: number;
  trustedProxies: string[];
}

export const HTTP_CONFIG = Symbol('HttpConfig');

/** Settings of the HTTP side of a service. Raises ConfigError naming what is wrong. */
export function httpConfig(env: NodeJS.ProcessEnv = process.env): HttpConfig {
  const read = readConfig(schema, env);
  return {
    bodyLimit: read.BODY_LIMIT_BYTES,
    largeBodyLimit: read.LARGE_BODY_LIMIT_BYTES,
    rateLimitPerMinute: read.RATE_LIMIT_PER_MINUTE,
    trustedProxies: read.TRUSTED_PROXIES.split(',')
      .map((proxy) => proxy.trim())
      .filter((proxy) => proxy !== ''),
  };
}
