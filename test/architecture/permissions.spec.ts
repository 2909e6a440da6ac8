import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, SERVICES } from './source-files';

interface Document {
  paths: Record<string, Record<string, { 'x-permission'?: string }>>;
}

/** What the routes of all services ask for, as their committed OpenAPI documents say. */
function asked(): Set<string> {
  const documents = SERVICES.map((service) => JSON.parse(readFileSync(join(ROOT, `apps/${service}/openapi.json`), 'utf8')) as Document);
  const operations = documents.flatMap(({ paths }) => Object.values(paths).flatMap((path) => Object.values(path)));
  return new Set(operations.flatMap((operation) => operation['x-permission'] ?? []));
}

describe('the permissions of the role matrix', () => {
  it('are those that routes ask for: none opens nothing, and no route is out of everybody’s reach', async () => {
    const { permissions } = (await import(join(ROOT, 'apps/organization/src/access/access.rules'))) as { permissions: readonly string[] };
    expect([...permissions].sort()).toEqual([...asked()].sort());
  });
});
