import { execFileSync } from 'node:child_process';
import { databases, describeWith, seedOf, serverUrls } from '@concentric/testing';
import { formatMinor } from '@concentric/money';
import { COMMANDS } from '../model/commands';
import { Product } from '../model/product';
import { Random } from '../model/random';
import { World } from '../model/world';

const SEED = seedOf('MODEL_SEED');

/** What hledger makes of a journal: its balance per account; the one it does not accept fails with its words. */
function balancesBy(journal: string): Map<string, string> {
  const hledger = (...args: string[]) =>
    execFileSync(serverUrls.hledger!, ['-f', '-', ...args], { input: journal, encoding: 'utf8', maxBuffer: 1e8, stdio: 'pipe' });
  hledger('check');
  const [, ...rows] = hledger('balance', '--flat', '--no-total', '-O', 'csv').trim().split('\n');
  return new Map(
    rows.filter((row) => row !== '').map((row) => [...row.matchAll(/"([^"]*)"/g)].map(([, cell]) => cell!) as [string, string]),
  );
}

const ACCOUNTS: Record<string, string> = {
  expense: 'expenses:commission',
  'write-off': 'expenses:write-off',
  withheld: 'liabilities:withheld',
  clearing: 'liabilities:clearing',
  cash: 'assets:cash',
};

describeWith('hledger', 'the books, as hledger sees them', () => {
  describe.each(databases())('on $name', (db) => {
    it(`inv 22, 24: balance in every transaction, and come to what we say (MODEL_SEED=${SEED})`, async () => {
      const product = await Product.start(db, Date.UTC(2026, 0, 20));
      try {
        await product.standStill();
        const random = new Random(SEED);
        const world = await World.begin(random, product, 'books');
        await world.activate(world.model.calendar.startOf(world.model.today));
        for (let rounds = 0; rounds < 6; rounds += 1) for (const command of COMMANDS) await command.run(world);
        const journal = await world.product.text('/books.journal');
        const theirs = balancesBy(journal);

        const house = await world.product.rows(
          `SELECT a.type, SUM(e.amount_minor) AS balance FROM ledger_account a JOIN ledger_entry e ON e.account_id = a.account_id
            WHERE a.brand_id = ? AND a.type NOT IN ('pending', 'payable') GROUP BY a.type`,
        );
        const partners = await world.product.rows(
          'SELECT a.type, p.code, b.balance_minor AS balance FROM ledger_account a JOIN account_balance b ON b.account_id = a.account_id JOIN partner p ON p.partner_id = a.partner_id WHERE a.brand_id = ?',
        );
        const ours = [
          ...house.map((row) => [ACCOUNTS[row['type'] as string]!, Number(row['balance'])] as const),
          ...partners.map((row) => [`liabilities:${row['type'] as string}:${row['code'] as string}`, Number(row['balance'])] as const),
        ].filter(([, balance]) => balance !== 0);
        expect(ours.length).toBeGreaterThan(1);
        expect([...theirs].sort()).toEqual(ours.map(([account, balance]) => [account, `${formatMinor(balance, 'CNY')} CNY`]).sort());
      } finally {
        await product.stop();
      }
    });
  });

  it('would not balance if a single entry were another', () => {
    const journal = '\n2026-01-31 accrue\n    expenses:commission  12.05 CNY\n    liabilities:pending:S1  -12.04 CNY\n';
    expect(() => balancesBy(journal)).toThrow(/unbalanced|balance/i);
  });
});
