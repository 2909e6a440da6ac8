import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
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
  await replay({ manifest: readManifest(__dirname), files, out, scratch, start, progress: new ProgressLine({ isTTY: false, write: () => true }) });
  return Object.fromEntries(readdirSync(out).map((file) => [file, readFileSync(join(out, file), 'utf8')]));
}

describe('a small history with early, late and unmatched returns', () => {
  it('gives the figures that were worked out by hand, and the same bytes again', async () => {
    const first = await run('first');
    expect(Object.keys(first).sort()).toEqual(['commission-by-partner-month.csv', 'indicators.csv', 'rejects.csv', 'statements.csv', 'summary.json', 'trial-balance.csv']);
    expect(first['commission-by-partner-month.csv']).toBe(readFileSync(join(__dirname, 'expected-commission.csv'), 'utf8'));
    type Summary = { netSalesAmountMinor: number; trialBalance: { balancedMinor: number }; members: { persons: number }; sent: { refunds: { accepted: number } }; refundsNotApplied: number };
    const summary = JSON.parse(first['summary.json']!) as Summary;
    expect([summary.netSalesAmountMinor, summary.trialBalance.balancedMinor, summary.members.persons]).toEqual([22_483, 0, 2]);
    // An unknown buyer, and a product that the buyer never bought: both are listed, nothing is lost without a word.
    expect([summary.sent.refunds.accepted, summary.refundsNotApplied]).toEqual([6, 2]);
    expect(first['rejects.csv']).toBe(readFileSync(join(__dirname, 'expected-rejects.csv'), 'utf8'));
    expect(await run('second')).toEqual(first);
  });

  it('gives the same commission when rows come in another order and from other files', async () => {
    const files = join(folder, 'files');
    cpSync(__dirname, files, { recursive: true });
    const lines = readFileSync(join(files, 'shops.csv'), 'utf8').trimEnd().split('\n');
    writeFileSync(join(files, 'shops.csv'), [lines[0], ...lines.slice(1).reverse()].join('\r\n'));
    renameSync(join(files, 'returns-1.ndjson'), join(files, 'returns-3.ndjson'));
    const result = await run('shuffled', files);
    expect(result['commission-by-partner-month.csv']).toBe(readFileSync(join(__dirname, 'expected-commission.csv'), 'utf8'));
  });
});
