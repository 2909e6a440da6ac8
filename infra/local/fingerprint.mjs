import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { NODE_MODULES, ROOT } from './paths.mjs';

/** @returns hex digest of package-lock.json, the description of what should be installed */
export function lockHash() {
  return createHash('sha256')
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .digest('hex');
}

/**
 * Whether what npm says it installed is what the lockfile asks for. Covers installs that were made by hand, so that
 * starting the product never replaces a correct node_modules. Optional packages may be missing (other platforms).
 */
export function installMatchesLock() {
  const hidden = join(NODE_MODULES, '.package-lock.json');
  if (!existsSync(hidden)) return false;
  const installed = JSON.parse(readFileSync(hidden, 'utf8')).packages ?? {};
  const wanted = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).packages ?? {};
  return Object.entries(wanted).every(([path, entry]) => {
    if (!path.includes('node_modules/')) return true;
    const got = installed[path];
    if (!got) return Boolean(entry.optional || entry.peer || entry.devOptional || entry.extraneous);
    return entry.link ? got.link === true : got.version === entry.version;
  });
}

/** @returns the folders of all packages that have a build script */
export function builtPackages() {
  return ['packages', 'apps']
    .flatMap((group) => readdirSync(join(ROOT, group)).map((name) => join(ROOT, group, name)))
    .filter((folder) => {
      const manifest = join(folder, 'package.json');
      return existsSync(manifest) && Boolean(JSON.parse(readFileSync(manifest, 'utf8')).scripts?.build);
    });
}

/** @returns hex digest of path, size and modification time of everything a build reads */
export function sourcesHash() {
  const hash = createHash('sha256');
  const visit = (path) => {
    const info = statSync(path, { throwIfNoEntry: false });
    if (!info) return;
    if (info.isDirectory()) {
      for (const name of readdirSync(path).sort()) {
        if (name !== 'node_modules' && name !== 'dist' && !name.startsWith('.')) visit(join(path, name));
      }
    } else if (!path.endsWith('.spec.ts')) {
      hash.update(`${path}\0${info.size}\0${info.mtimeMs}\n`);
    }
  };
  for (const file of ['package-lock.json', 'turbo.json', 'packages/tooling/swc.json']) visit(join(ROOT, file));
  for (const folder of builtPackages()) {
    for (const part of ['package.json', 'turbo.json', 'src', 'migrations', 'public', 'index.html', 'vite.config.ts']) {
      visit(join(folder, part));
    }
  }
  return hash.digest('hex');
}
