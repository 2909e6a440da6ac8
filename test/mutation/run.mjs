// Breaks the rules of money one mistake at a time and tells which mistakes no spec notices.
//
//   node test/mutation/run.mjs [part of a file name] [--at LINE]
//
// Exit code 1 when a mutant survives that is not listed in targets.mjs as harmless.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { mutantsOf } from './mutants.mjs';
import { HARMLESS, TARGETS } from './targets.mjs';

const ROOT = resolve(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);
const preset = require('@concentric/tooling/jest-preset');
const [, swc] = preset.transform['^.+\\.ts$'];
/** A mistake that never comes to an end is noticed too. */
const LONGEST_MS = 120_000;
const folder = mkdtempSync(join(tmpdir(), 'mutation-'));
let made = 0;

/** Do the specs notice? Runs them with the mutant in place of the file; without one they must all pass. */
function noticed(specs, mutant) {
  const config = join(folder, `${(made += 1)}.json`);
  const transform = { '^.+\\.ts$': [join(import.meta.dirname, 'mutating-transform.cjs'), { ...swc, ...(mutant ? { mutant } : {}) }] };
  writeFileSync(config, JSON.stringify({ ...preset, rootDir: ROOT, transform, testMatch: specs.map((spec) => join(ROOT, spec)) }));
  // One seed for all, so that a mutant is caught or not whenever it is tried.
  const env = {
    ...process.env,
    TEST_MARIADB_URL: '',
    PROPERTY_RUNS: '3000',
    PROPERTY_SEED: '1',
    MODEL_SEQUENCES: '2',
    MODEL_COMMANDS: '80',
    MODEL_SEED: '4',
  };
  const child = spawn(process.execPath, [require.resolve('jest/bin/jest'), '-c', config, '-i', '--bail', '--silent'], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (piece) => (said += piece));
  const timer = setTimeout(() => child.kill('SIGKILL'), LONGEST_MS);
  return new Promise((done) => {
    child.on('close', (code) => {
      clearTimeout(timer);
      rmSync(config);
      done({ noticed: code !== 0, by: /● (.+)/.exec(said)?.[1] ?? (code === null ? 'it never ended' : 'it does not load'), said });
    });
  });
}

const { values, positionals } = parseArgs({ options: { at: { type: 'string' } }, allowPositionals: true });
const survivors = [];
let [total, harmless] = [0, 0];
const started = performance.now();
try {
  for (const { file, specs } of TARGETS.filter((target) => target.file.includes(positionals[0] ?? ''))) {
    const path = join(ROOT, file);
    const text = readFileSync(path, 'utf8');
    const lines = text.split('\n');
    const healthy = await noticed(specs);
    if (healthy.noticed) throw new Error(`${file}: the specs fail as it is: ${healthy.by}\n${healthy.said}`);
    const mutants = mutantsOf(text, path).filter((mutant) => values.at === undefined || mutant.line === Number(values.at));
    const queue = [...mutants];
    const alive = [];
    const worker = async () => {
      for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
        const { noticed: dead } = await noticed(specs, { ...mutant, file: path });
        if (!dead) alive.push(mutant);
      }
    };
    await Promise.all(Array.from({ length: availableParallelism() }, worker));
    const known = (mutant) =>
      HARMLESS.some(
        (one) =>
          one.file === file &&
          lines[mutant.line - 1].includes(one.line) &&
          one.from === mutant.from &&
          (one.to === null || one.to === mutant.to),
      );
    const unknown = alive.filter((mutant) => !known(mutant)).sort((a, b) => a.start - b.start);
    total += mutants.length;
    harmless += alive.length - unknown.length;
    survivors.push(...unknown);
    console.log(
      `${unknown.length === 0 ? '✓' : '✗'} ${file}: ${mutants.length - alive.length} of ${mutants.length} noticed${alive.length > unknown.length ? `, ${alive.length - unknown.length} harmless` : ''}`,
    );
    for (const { line, from, to } of unknown)
      console.log(`    line ${line}: ${JSON.stringify(from)} as ${JSON.stringify(to)} in: ${lines[line - 1].trim()}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(
  `${total} mistakes, ${survivors.length} not noticed, ${harmless} harmless, in ${Math.round((performance.now() - started) / 1000)} s`,
);
process.exitCode = survivors.length === 0 ? 0 : 1;
