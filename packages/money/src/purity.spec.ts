import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const sources = readdirSync(__dirname).filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'));
const textOf = (name: string): string => readFileSync(join(__dirname, name), 'utf8');

describe('money stays pure', () => {
  it.each(sources)('inv 1: %s rounds nothing by float helpers', (name) => {
    expect(textOf(name)).not.toMatch(/parseFloat|toFixed|toPrecision|Math\.(round|ceil|trunc|fround)/);
  });

  it('inv 1: only the quotient and the text of a rate use a floor', () => {
    expect(sources.filter((name) => textOf(name).includes('Math.floor'))).toEqual(['quotient.ts', 'rate.ts']);
  });

  it.each(sources)('%s imports nothing from outside this package', (name) => {
    const imported = [...textOf(name).matchAll(/(?:from|import|require)\s*\(?\s*'([^']+)'/g)].map(([, path]) => path);
    expect(imported.filter((path) => !path?.startsWith('./'))).toEqual([]);
  });
});
