import { filesBelow, isTestCode, isTypeScript, lineCount, read, workspaces } from './source-files';

const over = (paths: string[], limit: number): string[] =>
  paths.flatMap((path) => (lineCount(path) > limit ? [`${path}: ${lineCount(path)} lines, ${limit} allowed`] : []));

const sources = workspaces().flatMap((folder) =>
  filesBelow(folder, (path) => isTypeScript(path) && path.includes('/src/') && !isTestCode(path)),
);

describe('size budgets', () => {
  it('no source file passes 300 lines', () => {
    expect(over(sources, 300)).toEqual([]);
  });

  it('no controller passes 120', () => {
    expect(
      over(
        sources.filter((path) => path.endsWith('.controller.ts')),
        120,
      ),
    ).toEqual([]);
  });

  it('no component passes 200', () => {
    expect(
      over(
        sources.filter((path) => path.endsWith('.tsx')),
        200,
      ),
    ).toEqual([]);
  });

  it('no launcher passes 200', () => {
    expect(
      over(
        filesBelow('infra/local', (path) => path.endsWith('.mjs')),
        200,
      ),
    ).toEqual([]);
  });

  it('the all-in-one has no logic of its own: its entry stays under 60', () => {
    expect(
      over(
        sources.filter((path) => path === 'apps/all-in-one/src/main.ts'),
        60,
      ),
    ).toEqual([]);
  });

  it('a service starts by one call to the kit', () => {
    const entries = sources.filter((path) => /^apps\/[a-z-]+\/src\/main\.ts$/.test(path) && !/(all-in-one|replay)/.test(path));
    expect(over(entries, 30)).toEqual([]);
    expect(entries.filter((path) => !read(path).includes('@concentric/service-kit'))).toEqual([]);
  });
});
