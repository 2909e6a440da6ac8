import type { z } from 'zod';
import { ConfigError, type ConfigProblem } from './config.errors';

/**
 * Reads settings from the environment through a schema whose keys are the environment names. An empty value counts
 * as missing. A field's `.describe()` text is printed as the remedy; values are never printed, they may be secrets.
 * @throws ConfigError naming every missing or unusable setting
 */
export function readConfig<S extends z.ZodObject>(schema: S, env: NodeJS.ProcessEnv): z.output<S> {
  const values: Record<string, string> = {};
  for (const name of Object.keys(schema.shape)) {
    const value = env[name]?.trim();
    if (value) values[name] = value;
  }
  const result = schema.safeParse(values);
  if (result.success) return result.data;
  throw new ConfigError(
    result.error.issues.map((issue): ConfigProblem => {
      const name = String(issue.path[0] ?? 'settings');
      const remedy = describe(schema, name);
      return { name, message: name in values ? issue.message : 'is not set', ...(remedy ? { remedy } : {}) };
    }),
  );
}

function describe(schema: z.ZodObject, name: string): string | undefined {
  const field: unknown = schema.shape[name];
  if (typeof field !== 'object' || field === null || !('description' in field)) return undefined;
  return typeof field.description === 'string' ? field.description : undefined;
}
