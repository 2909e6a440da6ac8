import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readManifest } from './manifest/manifest.reader';
import { ProgressLine } from './replay/progress-line';
import { replay } from './replay/replay';
import { startTarget, type Shape, type Target } from './target/processes';

const USAGE = `npm run replay -- <manifest folder> [--files <data folder>] [--out <folder>] [--shape all-in-one|services]

Runs your own history through the whole line in a throwaway installation and writes summary.json,
commission-by-partner-month.csv, statements.csv, trial-balance.csv, indicators.csv and rejects.csv.
The manifest is described in apps/replay/README.md.`;

interface Arguments {
  readonly manifestFolder: string;
  readonly files: string;
  readonly out: string;
  readonly shape: Shape;
}

class UsageError extends Error {}

/** @throws UsageError */
function readArguments(argv: readonly string[]): Arguments {
  const options = { files: { type: 'string' }, out: { type: 'string' }, shape: { type: 'string', default: 'all-in-one' } } as const;
  const { values, positionals } = parse(() => parseArgs({ args: [...argv], options, allowPositionals: true }));
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0) throw new UsageError('name one folder that holds manifest.json');
  if (values.shape !== 'all-in-one' && values.shape !== 'services')
    throw new UsageError(`--shape is all-in-one or services, not ${values.shape}`);
  const manifestFolder = resolve(folder);
  return { manifestFolder, files: resolve(values.files ?? folder), out: resolve(values.out ?? 'replay-results'), shape: values.shape };
}

function parse<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

async function main(): Promise<void> {
  const { manifestFolder, files, out, shape } = readArguments(process.argv.slice(2));
  const manifest = readManifest(manifestFolder);
  const scratch = mkdtempSync(join(tmpdir(), 'concentric-replay-'));
  let target: Target | undefined;
  const removeScratch = () => rmSync(scratch, { recursive: true, force: true });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => void (target?.stop() ?? Promise.resolve()).finally(() => process.exit(130)));
  }
  process.once('exit', removeScratch);
  const root = resolve(__dirname, '..', '..', '..');
  const started = Date.now();
  const progress = new ProgressLine(process.stdout);
  const start = async () => (target = await startTarget(shape, root, scratch));
  const summary = await replay({ manifest, files, out, scratch, start, progress });
  progress.note(`\n${summary}\n\nResults in ${out} after ${Math.round((Date.now() - started) / 1000)} s`);
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    const known = error instanceof Error && (error instanceof UsageError || error.name !== 'Error') && error.name !== 'TypeError';
    process.stderr.write(
      `\n✗ ${known ? (error as Error).message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    if (error instanceof UsageError) process.stderr.write(`\n${USAGE}\n`);
    process.exit(error instanceof UsageError ? 2 : 1);
  },
);
