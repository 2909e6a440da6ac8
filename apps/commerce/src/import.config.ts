import { join } from 'node:path';
import { readConfig } from '@concentric/service-kit';
import { z } from 'zod';

const schema = z.object({
  IMPORT_FOLDER: z.string().optional().describe('a folder that every process of the service shares, for uploaded files'),
});

export interface ImportConfig {
  /** Where uploads wait until they are read; they are deleted afterwards, because they hold personal data. */
  folder: string;
}

export const IMPORT_CONFIG = Symbol('ImportConfig');

/** @throws ConfigError */
export function importConfig(dataFolder: string): ImportConfig {
  return { folder: readConfig(schema, process.env).IMPORT_FOLDER ?? join(dataFolder, 'imports') };
}
