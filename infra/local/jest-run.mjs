import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NODE_MODULES, ROOT } from './paths.mjs';
import { runNode } from './run-node.mjs';

/**
 * Runs jest over every package and app.
 * @returns {passed, failed, skipped, ok}; a spec file that could not even be loaded counts as one failure
 */
export async function runJest(args, env, resultFile) {
  const jest = [
    // Workers inherit the bound. Two of them fit beside the servers on a small machine.
    '--max-old-space-size=1536',
    join(NODE_MODULES, 'jest', 'bin', 'jest.js'),
    `--config=${join(ROOT, 'jest.config.cjs')}`,
    '--maxWorkers=2',
    '--json',
    `--outputFile=${resultFile}`,
  ];
  // --json moves the report to standard error and prints the whole result on standard output; the reporter is enough.
  const code = await runNode([...jest, ...args], env, ['inherit', 'ignore', 'inherit']);
  if (!existsSync(resultFile)) return { passed: 0, failed: code === 0 ? 0 : 1, skipped: 0, ok: false };
  const result = JSON.parse(readFileSync(resultFile, 'utf8'));
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
    skipped: result.numPendingTests + result.numTodoTests,
    ok: code === 0,
  };
}
