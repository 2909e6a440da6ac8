import { spawn } from 'node:child_process';

const TAIL_LINES = 40;

export class StepFailed extends Error {}

const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/**
 * Runs one command as a named step: says that it started, that it is still alive every ten seconds, and how long it
 * took. Its output stays hidden unless it fails, because what matters then is the end of it.
 * @throws StepFailed with the step's name, after the tail has been printed
 */
export function runStep(name, command, args, { cwd, env = process.env } = {}) {
  const started = Date.now();
  console.log(`▸ ${name} …`);
  return new Promise((resolve, reject) => {
    const lines = [];
    let partial = '';
    const keep = (chunk) => {
      const parts = (partial + chunk).split('\n');
      partial = parts.pop();
      lines.push(...parts);
      if (lines.length > TAIL_LINES * 2) lines.splice(0, lines.length - TAIL_LINES);
    };
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    const alive = setInterval(() => console.log(`  ${name}: ${seconds(started)}`), 10_000);
    const finish = (problem) => {
      clearInterval(alive);
      if (!problem) {
        console.log(`✓ ${name} (${seconds(started)})`);
        return resolve();
      }
      const tail = [...lines, partial].slice(-TAIL_LINES).join('\n').trim();
      console.error(`\n${tail}\n\n✗ ${name} failed: ${problem}. The end of its output is above.`);
      reject(new StepFailed(name));
    };
    child.on('error', (error) => finish(error.message));
    child.on('close', (code, signal) => finish(code === 0 ? undefined : signal ? `ended by ${signal}` : `exit code ${code}`));
  });
}
