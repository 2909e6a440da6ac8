import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/**
 * Runs a Node program in the foreground as if it had been started itself: same terminal, signals passed on.
 * @returns its exit code, 128 + n when signal n ended it
 */
export function runNode(args, env = process.env, stdio = 'inherit') {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { stdio, env });
    // A terminal already sends Ctrl-C to the whole group; passing it on as well would look like a second, impatient one.
    const passOn = (signal) => (signal === 'SIGINT' && process.stdin.isTTY ? undefined : child.kill(signal));
    const signals = ['SIGTERM', 'SIGHUP', 'SIGINT'];
    for (const signal of signals) process.on(signal, passOn);
    const end = (code) => {
      for (const signal of signals) process.off(signal, passOn);
      resolve(code);
    };
    child.on('error', (error) => {
      console.error(`✗ ${error.message}`);
      end(1);
    });
    child.on('close', (code, signal) => end(signal ? 128 + constants.signals[signal] : code));
  });
}
