import { spawn } from 'node:child_process';
import { openSync, closeSync, existsSync, readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';

const HOST = '127.0.0.1';
export const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const canListen = (port) =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, HOST, () => probe.close(() => resolve(true)));
  });

/** @returns a free loopback port below the range from which the system takes ports for outgoing connections */
export async function freePort() {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if (await canListen(port)) return port;
  }
  throw new Error('No free port was found on 127.0.0.1.');
}

/** Starts a server that outlives this process; its output goes to the log file. @returns its process id */
export function startDetached(command, args, { log, env = process.env, cwd }) {
  const out = openSync(log, 'a');
  const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', out, out] });
  child.on('error', () => {}); // Seen as a process that is not there by whoever waits for it.
  child.unref();
  closeSync(out);
  return child.pid;
}

/** Whether the process exists and, where the system tells, is still the one whose command line holds the mark. */
export function isAlive(pid, mark) {
  if (!pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
  if (!existsSync('/proc/self/cmdline')) return true;
  try {
    // A zombie has an empty command line: it is gone for our purposes.
    const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return line !== '' && (!mark || line.includes(mark) || readFileSync(`/proc/${pid}/environ`, 'utf8').includes(mark));
  } catch {
    return false;
  }
}

/** Polls until the probe answers true. @throws Error naming what was waited for, with the end of the log */
export async function waitUntil(what, probe, { seconds = 60, alive = () => true, log } = {}) {
  const deadline = Date.now() + seconds * 1000;
  const tail = () => (log && existsSync(log) ? `\n${readFileSync(log, 'utf8').split('\n').slice(-20).join('\n')}` : '');
  while (!(await probe())) {
    if (!alive()) throw new Error(`${what}: the process ended.${tail()}`);
    if (Date.now() > deadline) throw new Error(`${what}: not within ${seconds} s.${tail()}`);
    await pause(50);
  }
}

/** Asks the process to end and waits; insists after the given time. */
export async function stopProcess(pid, mark, seconds = 30) {
  if (!isAlive(pid, mark)) return;
  process.kill(pid, 'SIGTERM');
  const deadline = Date.now() + seconds * 1000;
  while (isAlive(pid, mark) && Date.now() < deadline) await pause(50);
  if (isAlive(pid, mark)) process.kill(pid, 'SIGKILL');
}

/** Sends bytes to a loopback port. @returns whether an answer came that satisfies the check */
export function answers(port, request, isGood) {
  return new Promise((resolve) => {
    const socket = connect({ port, host: HOST });
    const end = (result) => {
      socket.destroy();
      resolve(result);
    };
    socket.setTimeout(1000, () => end(false));
    socket.once('error', () => end(false));
    socket.once('close', () => end(false));
    socket.once('data', (data) => end(isGood(data)));
    socket.once('connect', () => request && socket.write(request));
  });
}
