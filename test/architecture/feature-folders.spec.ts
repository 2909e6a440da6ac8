import { basename } from 'node:path';
import { filesBelow, isTypeScript, SERVICES, workspaces } from './source-files';

const KINDS = ['module', 'controller', 'consumer', 'job', 'service', 'rules', 'entity', 'repository', 'errors', 'dto'];
const IN_FEATURE = new RegExp(`^[a-z0-9]+(-[a-z0-9]+)*\\.(${KINDS.join('|')})\\.ts$`);
const SPEC = /^[a-z0-9]+([.-][a-z0-9]+)*\.spec\.ts$/;
/** Beside the features: what a service exports, its process, its configuration, its wiring. */
const AT_TOP = /^(index|main|entities|[a-z0-9-]+\.(module|definition|config|spec))\.ts$/;
const MIGRATION = /^(index|[a-z0-9]+(-[a-z0-9]+)*(\.migration)?)\.ts$/;
const FORBIDDEN_FOLDERS = ['utils', 'util', 'common', 'shared', 'helpers', 'helper', 'base', 'lib', 'misc'];

describe('feature folders', () => {
  it.each(SERVICES)('%s holds only the known kinds of files', (service) => {
    const strangers = filesBelow(`apps/${service}/src`, isTypeScript).filter((path) => {
      const inside = path.slice(`apps/${service}/src/`.length);
      const name = basename(path);
      return inside.includes('/') ? !IN_FEATURE.test(name) && !SPEC.test(name) : !AT_TOP.test(name);
    });
    expect(strangers).toEqual([]);
  });

  it.each(SERVICES)('migrations of %s carry their purpose in the name', (service) => {
    const files = filesBelow(`apps/${service}/migrations`, isTypeScript);
    expect(files.filter((path) => !MIGRATION.test(basename(path)))).toEqual([]);
  });

  it.each(workspaces())('%s has no folder for things without a name', (workspace) => {
    const folders = filesBelow(workspace).flatMap((path) => path.split('/').slice(2, -1));
    expect(folders.filter((folder) => FORBIDDEN_FOLDERS.includes(folder))).toEqual([]);
  });

  it.each(workspaces().filter((folder) => folder !== 'packages/tooling'))('%s has one index at most', (workspace) => {
    const barrels = filesBelow(workspace, (path) => /\/index\.tsx?$/.test(path) && !path.includes('/migrations/'));
    expect(barrels.filter((path) => path !== `${workspace}/src/index.ts`)).toEqual([]);
  });
});
