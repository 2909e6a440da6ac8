import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { NODE_MODULES, ROOT } from './paths.mjs';
import { runStep, StepFailed } from './step.mjs';

const bin = (path) => join(NODE_MODULES, path);

const CHECKS = [
  ['Checking types', [bin('typescript/bin/tsc'), '-p', 'tsconfig.json'], 'tsconfig.json'],
  ['Checking types of the console', [bin('typescript/bin/tsc'), '-p', 'apps/console/tsconfig.json'], 'apps/console/tsconfig.json'],
  ['Linting', [bin('eslint/bin/eslint.js'), '.'], 'eslint.config.mjs'],
  ['Checking package boundaries', [bin('turbo/bin/turbo'), 'boundaries'], 'turbo.json'],
];

/** The checks that are too slow for every local test run. @returns the names of those that failed */
export async function runChecks() {
  const failed = [];
  for (const [name, args, file] of CHECKS) {
    if (!existsSync(join(ROOT, file))) continue;
    try {
      await runStep(name, process.execPath, args, { cwd: ROOT });
    } catch (error) {
      if (!(error instanceof StepFailed)) throw error;
      failed.push(name);
    }
  }
  return failed;
}
