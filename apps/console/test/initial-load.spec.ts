import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

interface Chunk {
  file: string;
  imports?: string[];
}

const DIST = join(__dirname, '../dist');
const MANIFEST = join(DIST, '.vite/manifest.json');
const LIMIT = 380_000;
const built = existsSync(MANIFEST) ? describe : describe.skip;

/** Files that a chunk cannot do without: itself and what it imports statically. */
function filesOf(manifest: Record<string, Chunk>, entries: string[]): Set<string> {
  const seen = new Set<string>();
  const visit = (name: string): void => {
    const chunk = manifest[name];
    if (!chunk || seen.has(chunk.file)) return;
    seen.add(chunk.file);
    chunk.imports?.forEach(visit);
  };
  entries.forEach(visit);
  return seen;
}

built('what the browser loads first (needs a build)', () => {
  const manifest = existsSync(MANIFEST) ? (JSON.parse(readFileSync(MANIFEST, 'utf8')) as Record<string, Chunk>) : {};
  const files = filesOf(manifest, ['index.html', 'src/i18n/messages.zh.ts']);
  const bytes = [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(DIST, file))).length, 0);

  it(`is ${bytes} bytes of gzip with home and one language, below ${LIMIT}`, () => {
    expect(files.size).toBeGreaterThan(2);
    expect(bytes).toBeLessThan(LIMIT);
  });

  it('holds no charts', () => {
    const chart = manifest['src/indicators/Chart.tsx'];
    expect(chart).toBeDefined();
    expect(files.has(chart?.file ?? '')).toBe(false);
  });
});
