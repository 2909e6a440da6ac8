// Everything between a fresh clone and a built product. Runs before npm has installed anything, so it uses only Node.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtPackages, installMatchesLock, lockHash, sourcesHash } from './fingerprint.mjs';
import { NODE_MODULES, ROOT } from './paths.mjs';
import { runStep, StepFailed } from './step.mjs';

const NEEDED = [20, 19];
const LOCK_STAMP = join(NODE_MODULES, '.concentric-lock');
const BUILD_STAMP = join(NODE_MODULES, '.concentric-build');

const readStamp = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);

/** Ends the process with one clear line when Node is too old. */
export function checkNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  if (major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])) return;
  console.error(`Node ${NEEDED.join('.')} or newer is needed; this is Node ${version} (${process.execPath}).`);
  process.exit(1);
}

/** Installs from the lockfile when node_modules does not hold what the lockfile says. @throws StepFailed */
export async function ensureInstalled() {
  const wanted = lockHash();
  if (readStamp(LOCK_STAMP) === wanted) return;
  if (!installMatchesLock()) {
    const npm = process.env.npm_execpath?.endsWith('.js') ? [process.execPath, process.env.npm_execpath] : ['npm'];
    // Development packages build the product, so they are needed even where NODE_ENV says production.
    const args = [...npm.slice(1), 'ci', '--include=dev', '--no-audit', '--no-fund'];
    await runStep('Installing packages from the lockfile', npm[0], args, { cwd: ROOT });
  }
  writeFileSync(LOCK_STAMP, wanted);
}

/** Builds what changed since the last build; costs a few milliseconds when nothing did. @throws StepFailed */
export async function ensureBuilt() {
  // Taken before the build: a file that is edited meanwhile must lead to another build.
  const stamp = sourcesHash();
  const complete = builtPackages().every((folder) => existsSync(join(folder, 'dist')));
  if (complete && readStamp(BUILD_STAMP) === stamp) return;
  const turbo = join(NODE_MODULES, 'turbo', 'bin', 'turbo');
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' };
  await runStep('Building', process.execPath, [turbo, 'run', 'build', '--concurrency=2'], { cwd: ROOT, env });
  writeFileSync(BUILD_STAMP, stamp);
}

/** Leaves the repository installed and built. Ends the process with a readable message where that is impossible. */
export async function prepare() {
  checkNode();
  try {
    await ensureInstalled();
    await ensureBuilt();
  } catch (error) {
    if (!(error instanceof StepFailed)) console.error(`✗ ${error.message}`);
    process.exit(1);
  }
}
