import { builtinModules } from 'node:module';
import { dirname, posix } from 'node:path';
import { filesBelow, importsOf, isTestCode, isTypeScript, read, SERVICES, workspaces } from './source-files';

const SCOPE = '@concentric/';
const FOUNDATION = ['contracts', 'money', 'service-kit'];

/** What a package offers besides its whole. */
const ENTRIES = ['service-kit/csv', 'testing/property'];

/** Which workspaces the running code of each may import. Test code may add the testing package. */
const ALLOWED: Record<string, readonly string[]> = {
  'packages/contracts': [],
  'packages/money': [],
  'packages/tooling': [],
  'packages/service-kit': ['contracts', 'money'],
  'packages/testing': FOUNDATION,
  'apps/console': ['contracts', 'money'],
  'apps/replay': ['contracts', 'money', 'service-kit/csv'],
  // The sample brand is a history that is replayed through the ordinary intake.
  'apps/all-in-one': [...FOUNDATION, ...SERVICES, 'replay'],
  ...Object.fromEntries(SERVICES.map((service) => [`apps/${service}`, FOUNDATION])),
};

interface Manifest {
  name: string;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}
const manifestOf = (folder: string): Manifest => JSON.parse(read(`${folder}/package.json`)) as Manifest;
const namesIn = (manifest: Manifest): string[] => [
  ...Object.keys(manifest.dependencies ?? {}),
  ...Object.keys(manifest.devDependencies ?? {}),
];
const ROOT_TOOLS = namesIn(manifestOf('.'));
/** 'a/b' of '@a/b/c', 'a' of 'a/b'. */
const packageOf = (imported: string): string =>
  imported
    .split('/')
    .slice(0, imported.startsWith('@') ? 2 : 1)
    .join('/');
const isBuiltin = (imported: string): boolean => imported.startsWith('node:') || builtinModules.includes(imported);
/** Not a package at all: a virtual module of the bundler or a style sheet. */
const isBundled = (imported: string): boolean => imported.startsWith('virtual:') || imported.startsWith('/');

function violations(folder: string): string[] {
  const manifest = manifestOf(folder);
  const declared = namesIn(manifest);
  return filesBelow(folder, isTypeScript).flatMap((path) => {
    const inTest = isTestCode(path) || /\.config\.ts$/.test(path);
    return importsOf(path).flatMap((imported) => {
      if (isBuiltin(imported) || isBundled(imported)) return [];
      if (imported.startsWith('.')) {
        const target = posix.join(dirname(path), imported);
        return target.startsWith(`${folder}/`) ? [] : [`${path} leaves its package by ${imported}`];
      }
      const name = packageOf(imported);
      if (name === manifest.name) return inTest ? [] : [`${path} imports its own package ${imported}`];
      if (name.startsWith(SCOPE)) {
        const short = name.slice(SCOPE.length);
        const allowed = [...(ALLOWED[folder] ?? []), ...(inTest ? ['testing', 'tooling'] : [])];
        const entry = imported.slice(SCOPE.length);
        if (!allowed.includes(short) && !allowed.includes(entry)) return [`${path} must not import ${imported}`];
        if (imported !== name && short !== 'tooling' && !ENTRIES.includes(entry)) return [`${path} reaches into ${imported}`];
      }
      // The kit cannot name the testing package, which is built on it, without closing a circle.
      const forTests = inTest && (ROOT_TOOLS.includes(name) || name === `${SCOPE}testing`);
      const known = declared.includes(name) || forTests;
      return known ? [] : [`${path} imports ${name}, which ${folder}/package.json does not name`];
    });
  });
}

describe('package boundaries', () => {
  it('knows the rule for every workspace', () => {
    expect(workspaces().filter((folder) => !ALLOWED[folder])).toEqual([]);
  });

  it.each(Object.keys(ALLOWED))('%s imports only what it may', (folder) => {
    expect(violations(folder)).toEqual([]);
  });

  it('launchers run before anything is installed, so they import only Node and each other', () => {
    const scripts = filesBelow('infra/local', (path) => path.endsWith('.mjs'));
    const foreign = scripts.flatMap((path) =>
      importsOf(path).flatMap((name) => (isBuiltin(name) || name.startsWith('./') ? [] : [`${path} imports ${name}`])),
    );
    expect(scripts.length).toBeGreaterThan(0);
    expect(foreign).toEqual([]);
  });
});
