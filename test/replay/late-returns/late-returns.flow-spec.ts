import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProgressLine, readManifest, replay } from '@concentric/replay';
import { embeddedTarget } from '../embedded-target';

jest.setTimeout(180_000);

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'late-returns-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function run(name: string, files = __dirname): Promise<Record<string, string>> {
  const scratch = mkdtempSync(join(folder, 'scratch-'));
  const out = join(folder, name);
  const start = () => embeddedTarget(join(scratch, 'data'));
  await replay({
    manifest: readManifest(__dirname),
    files,
    out,
    scratch,
    start,
    progress: new ProgressLine({ isTTY: false, write: () => true }),
  });
  return Object.fromEntries(readdirSync(out).map((file) => [file, readFileSync(join(out, file), 'utf8')]));
}

describe('a small history with early, late and unmatched returns', () => {
  it('gives the figures that were worked out by hand, and the same bytes again', async () => {
    const first = await run('first');
    expect(Object.keys(first).sort()).toEqual([
      'commission-by-partner-month.csv',
      'indicators.csv',
      'rejects.csv',
      'statements.csv',
      'summary.json',
      'trial-balance.csv',
    ]);
    expect(first['commission-by-partner-month.csv']).toBe(readFileSync(join(__dirname, 'expected-commission.csv'), 'utf8'));
    type Summary = {
      netSalesAmountMinor: number;
      trialBalance: { balancedMinor: number };
      members: { persons: number };
      sent: { refunds: { accepted: number } };
      refundsNotApplied: number;
    };
    const summary = JSON.parse(first['summary.json']!) as Summary;
    expect([summary.netSalesAmountMinor, summary.trialBalance.balancedMinor, summary.members.persons]).toEqual([22_483, 0, 2]);
    // An unknown buyer, and a product that the buyer never bought: both are listed, nothing is lost without a word.
    expect([summary.sent.refunds.accepted, summary.refundsNotApplied]).toEqual([6, 2]);
    expect(first['rejects.csv']).toBe(readFileSync(join(__dirname, 'expected-rejects.csv'), 'utf8'));
    expect(await run('second')).toEqual(first);
  });

  it('gives the same bytes when rows come in another order and lines end in other ways', async () => {
    const files = join(folder, 'files');
    cpSync(__dirname, files, { recursive: true });
    for (const name of readdirSync(files).filter((file) => /^(shops|orders|lines|returns).*\.(csv|ndjson)$/.test(file))) {
      // A quoted cell may go over lines.
      const rows = readFileSync(join(files, name), 'utf8').match(/(?:"[^"]*"|[^"\n])+/g)!;
      const header = name.endsWith('.csv') ? rows.splice(0, 1) : [];
      writeFileSync(join(files, name), [...header, ...rows.reverse()].map((row, at) => row + ['\r\n', '\n', '\r'][at % 3]!).join(''));
    }
    const { 'rejects.csv': rejects, ...figures } = await run('shuffled', files);
    const { 'rejects.csv': before, ...expected } = await run('as-they-are');
    expect(figures).toEqual(expected);
    const withoutLines = (text: string) =>
      text
        .split('\n')
        .map((row) => row.replace(/,\d+,/, ','))
        .sort();
    expect(withoutLines(rejects!)).toEqual(withoutLines(before!));
  });
});
