// Where things are. Everything below is relative to the repository, never to the caller's folder.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const NODE_MODULES = join(ROOT, 'node_modules');

/** The services in the order of their ranks; each is a folder under apps/. */
export const SERVICES = ['commerce', 'content-planning', 'membership', 'distribution', 'organization', 'indicators'];
