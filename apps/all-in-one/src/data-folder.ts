import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Takes a data folder for this process: two of them on one folder would deliver everything twice.
 * @returns how to give it back. @throws Error in one line when another process has it or it cannot be written
 */
export function takeDataFolder(folder: string): () => void {
  const mark = join(folder, 'all-in-one.pid');
  try {
    mkdirSync(folder, { recursive: true });
    const owner = ownerOf(mark);
    if (owner !== null && isAlive(owner)) throw new Error(`it is in use by process ${owner}: stop that one, or choose another with --data`);
    writeFileSync(mark, String(process.pid));
  } catch (error) {
    throw new Error(`data folder ${folder}: ${reasonOf(error)}`);
  }
  return () => rmSync(mark, { force: true });
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isFile = 'code' in error && (error.code === 'EEXIST' || error.code === 'ENOTDIR');
  return isFile ? 'there is a file of that name: choose another with --data' : error.message;
}

function ownerOf(mark: string): number | null {
  try {
    return Number(readFileSync(mark, 'utf8')) || null;
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
