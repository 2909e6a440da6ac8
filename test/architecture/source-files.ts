import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import ts from 'typescript';

export const ROOT = join(__dirname, '../..');
export const SERVICES = ['organization', 'commerce', 'membership', 'content-planning', 'distribution', 'indicators'];

const SKIPPED = new Set(['node_modules', 'dist', '.turbo', '.git', 'coverage', 'data', 'run']);

/** Paths of all files below a folder of the repository, relative to the repository, with forward slashes. */
export function filesBelow(folder: string, matches: (path: string) => boolean = () => true): string[] {
  const start = join(ROOT, folder);
  if (!existsSync(start)) return [];
  return readdirSync(start, { withFileTypes: true }).flatMap((entry) => {
    const path = relative(ROOT, join(start, entry.name)).split(sep).join('/');
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : filesBelow(path, matches);
    return matches(path) ? [path] : [];
  });
}

/** Folders directly below apps/ and packages/ that are workspaces. */
export function workspaces(): string[] {
  return ['apps', 'packages']
    .flatMap((group) => readdirSync(join(ROOT, group)).map((name) => `${group}/${name}`))
    .filter((folder) => existsSync(join(ROOT, folder, 'package.json')));
}

export const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
export const isTypeScript = (path: string): boolean => /\.tsx?$/.test(path);
/** Code that runs only in tests: specs beside the code and everything in a test folder. */
export const isTestCode = (path: string): boolean => /(^|\/)test\//.test(path) || /[.-]spec\.tsx?$/.test(path);
export const lineCount = (path: string): number => read(path).replace(/\n$/, '').split('\n').length;

/** Everything a file imports, re-exports or requires, as written. */
export function importsOf(path: string): string[] {
  return ts.preProcessFile(read(path), true, true).importedFiles.map((imported) => imported.fileName);
}

export function parse(path: string): ts.SourceFile {
  const kind = path.endsWith('.tsx') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  return ts.createSourceFile(path, read(path), ts.ScriptTarget.ES2022, true, kind);
}

/** Calls the visitor for every node of a file. */
export function visit(node: ts.Node, visitor: (node: ts.Node) => void): void {
  visitor(node);
  node.forEachChild((child) => visit(child, visitor));
}

/**
 * Files under version control; everything below the root where git is not installed or the sources were unpacked
 * from an archive.
 */
export function trackedFiles(): string[] {
  const git = spawnSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 26 });
  if (git.status !== 0) return filesBelow('.');
  // A file that was just deleted or is a folder link is none of our business here.
  return git.stdout.split('\0').filter((path) => path && existsSync(join(ROOT, path)) && statSync(join(ROOT, path)).isFile());
}
