import { Readable } from 'node:stream';
import type { DistributionSettings, PartnerInput } from '@concentric/contracts';
import { idOut, int, namedId } from '@concentric/service-kit';
import type { TestDatabase } from '@concentric/testing';
import { PayeeRepository } from '../src/payee/payee.repository';
import { PayeeService } from '../src/payee/payee.service';
import { BankLines } from '../src/payout/bank-line.service';
import { BankResults } from '../src/payout/bank-result.service';
import { PayoutListRepository } from '../src/payout/payout-list.repository';
import { PayoutPreparation } from '../src/payout/payout-preparation.service';
import { PayoutRelease } from '../src/payout/payout-release.service';
import { PayoutReview } from '../src/payout/payout-review.service';
import { ReviewService } from '../src/statement/review.service';
import { WithholdingService } from '../src/withholding/withholding.service';
import { expectBooksInOrder } from './books.fixture';
import { brandId, day, distribution, order, person } from './distribution.fixture';

export const [financeMaker, financeChecker, treasuryMaker, treasuryChecker, otherChecker] = [
  'finance maker',
  'finance checker',
  'treasury maker',
  'treasury checker',
  'other checker',
].map((name) => person(name)) as [
  ReturnType<typeof person>,
  ReturnType<typeof person>,
  ReturnType<typeof person>,
  ReturnType<typeof person>,
  ReturnType<typeof person>,
];
export const partnerId = (code: string) => namedId(`partner/${brandId}/${code}`);
export const account = { S1: '6222020200112233445', S2: 'DE89370400440532013000', D1: '6222020200112233447' } as const;
export type Code = keyof typeof account;

const network: PartnerInput[] = [
  { code: 'D1', type: 'distributor', name: 'North' },
  { code: 'S1', type: 'store', name: 'One', parentCode: 'D1' },
  { code: 'S2', type: 'store', name: 'Two', parentCode: 'D1' },
];
const rules = [
  { role: 'store', recipient: { from: 'store' as const }, ratePpm: 100_000 },
  { role: 'distributor', recipient: { from: 'store' as const, climbTo: 'distributor' as const }, ratePpm: 20_000 },
];

/** A brand whose statements of January are payable: S1 1000, S2 500 and D1 300, of which stores are withheld a tenth. */
export async function payableWorld(db: TestDatabase, settings: Partial<DistributionSettings> = {}) {
  const world = await distribution(db, {
    disputeWindowDays: 0,
    payoutDebtor: { name: 'Tea House', account: '6222020200119999999', bankId: '102100099996' },
    ...settings,
  });
  await world.partners(...network);
  await world.plan({ rules });
  const withholding = world.get(WithholdingService);
  const rule = await withholding.propose(
    brandId,
    { partnerTypes: ['store'], currency: 'CNY', validFrom: '2026-01-01', exemptMinor: 0, deductMinor: 0, ratePpm: 100_000, reason: 'law' },
    financeMaker,
  );
  await withholding.decide(brandId, rule.id, true, 'checked', financeChecker);

  const payee = {
    propose: (code: Code, more: { account?: string } = {}, actor = treasuryMaker) =>
      world.get(PayeeService).propose(
        brandId,
        partnerId(code),
        {
          currency: 'CNY',
          holder: `Holder ${code}`,
          account: account[code],
          bankId: code === 'S2' ? 'COBADEFFXXX' : '102100099996',
          reason: 'contract',
          ...more,
        },
        actor,
      ),
    decide: (id: string, approve = true, actor = treasuryChecker) =>
      world.get(PayeeService).decideOne(brandId, id, approve, 'compared with the contract', actor),
    async approved(code: Code, more: { account?: string } = {}) {
      return payee.decide((await payee.propose(code, more)).id);
    },
  };
  for (const code of ['D1', 'S1', 'S2'] as const) await payee.approved(code);
  await world.buy(
    order('a', day(1), null, { netMinor: 10_000, storeCode: 'S1' }),
    order('b', day(2), null, { netMinor: 5_000, storeCode: 'S2' }),
  );
  /** Every draft submitted by finance and approved. */
  const approved = async () => {
    await world.settled();
    const drafts = (await world.statements()).filter(({ state }) => state === 'DRAFT');
    const items = drafts.map(({ statementId, fingerprint }) => ({ statementId, fingerprint }));
    for (const [action, actor] of [
      ['submit', financeMaker],
      ['approve', financeChecker],
    ] as const)
      await world.get(ReviewService).act(brandId, action, items, actor);
    await world.settled();
  };
  await world.through(31);
  await approved();

  const lists = world.get(PayoutListRepository);
  const payout = {
    one: (id: string) => lists.batch(brandId, id, treasuryMaker),
    prepare: (input: object = {}, actor = treasuryMaker) =>
      world.within((tx) => world.get(PayoutPreparation).prepare(tx, brandId, { currency: 'CNY', note: '', ...input }, actor)),
    /** Acts on a batch as it is now. */
    async act(
      action: 'submit' | 'reject' | 'approve' | 'proposeCancel',
      id: string,
      actor = action === 'submit' || action === 'proposeCancel' ? treasuryMaker : treasuryChecker,
    ) {
      const { version } = await payout.one(id);
      await world.get(PayoutReview)[action](brandId, id, { version, reason: 'looked at it' }, actor);
      return payout.one(id);
    },
    async decideCancel(id: string, approve: boolean, actor = treasuryChecker) {
      const { version } = await payout.one(id);
      await world.get(PayoutReview).decideCancel(brandId, id, approve, { version, reason: 'looked at it' }, actor);
    },
    async release(id: string, actor = treasuryChecker) {
      const { version } = await payout.one(id);
      await world.get(PayoutRelease).release(brandId, id, { version }, actor);
      return payout.one(id);
    },
    /** Prepared, submitted and approved. */
    async ready(input: object = {}) {
      const id = await payout.prepare(input);
      await payout.act('submit', id);
      return payout.act('approve', id);
    },
    /** And released. */
    sent: async (input: object = {}) => payout.release((await payout.ready(input)).id),
    items: async (query: object = {}) => (await lists.items(brandId, { limit: 500, ...query }, treasuryMaker)).data,
    item: async (code: Code, payoutId?: string) =>
      (await payout.items({ partnerId: partnerId(code), ...(payoutId ? { payoutId } : {}) })).at(-1)!,
  };
  const bank = {
    import: (lines: readonly string[], actor = treasuryMaker) =>
      world
        .get(BankResults)
        .take(
          brandId,
          Readable.from([Buffer.from(['item,status,bank_ref,amount_minor,booked_on,reason', ...lines, ''].join('\n'))]),
          actor,
        ),
    /** Somebody has found out that the one line that contradicts what is known counts for nothing. */
    async settleConflict() {
      const [line, ...others] = (await bank.lines({ match: 'conflict' })).filter(({ state }) => state === 'NOTED');
      if (!line || others.length > 0) throw new Error(`${others.length} other lines are in conflict`);
      await world.get(BankLines).close(brandId, line.id, 'the bank withdrew it', treasuryChecker);
    },
    lines: async (query: object = {}) => (await lists.bankLines(brandId, { limit: 500, ...query }, treasuryMaker)).data,
    line: (item: { id: string; amountMinor: number }, status: string, ref: string, more: { amount?: number | ''; reason?: string } = {}) =>
      `${item.id.replaceAll('-', '')},${status},${ref},${more.amount ?? item.amountMinor},2026-02-05,${more.reason ?? ''}`,
  };
  return {
    ...world,
    approved,
    payee,
    payout,
    bank,
    open: (payeeId: string) => world.get(PayeeRepository).open(world.database.source.manager, brandId, [payeeId]),
    /** What each account holds in the sign of the books: debits positive. */
    async accounts(): Promise<Record<string, number>> {
      const rows = await world.rows<{ type: string; total: unknown }>(
        'SELECT a.type, SUM(e.amount_minor) AS total FROM ledger_entry e JOIN ledger_account a ON a.account_id = e.account_id GROUP BY a.type',
      );
      return Object.fromEntries(rows.map(({ type, total }) => [type, int(total)]));
    },
    async states(): Promise<Record<string, string>> {
      return Object.fromEntries((await world.statements()).map(({ code, state }) => [code, state]));
    },
    statementOf: async (code: Code) => (await world.statements()).find((statement) => statement.code === code)!.statementId,
    /** Invariants 36 and 38 and the assertion (b) from what was sent, beside those of the books. */
    async expectInOrder(): Promise<void> {
      await expectBooksInOrder(world);
      const sums =
        'SELECT batch_id, COUNT(*) AS n, SUM(gross_minor) AS gross, SUM(tax_minor) AS tax, SUM(amount_minor) AS amount FROM payout_item';
      expect(
        await world.rows(
          `SELECT b.batch_id FROM payout_batch b LEFT JOIN (${sums} WHERE state NOT IN ('EJECTED') GROUP BY batch_id) i ON i.batch_id = b.batch_id
            WHERE b.items <> COALESCE(i.n, 0) OR b.gross_minor <> COALESCE(i.gross, 0) OR b.tax_minor <> COALESCE(i.tax, 0) OR b.amount_minor <> COALESCE(i.amount, 0)`,
        ),
      ).toEqual([]);
      const live = "state IN ('PLANNED', 'SENT', 'UNKNOWN', 'PAID')";
      expect(await world.rows(`SELECT statement_id FROM payout_item WHERE ${live} GROUP BY statement_id HAVING COUNT(*) > 1`)).toEqual([]);
      expect(
        await world.rows(
          `SELECT s.statement_id FROM statement s LEFT JOIN payout_item i ON i.statement_id = s.statement_id AND i.${live}
            WHERE (s.state = 'IN_PAYOUT') <> (COALESCE(i.state, '') IN ('PLANNED', 'SENT', 'UNKNOWN')) OR (s.state = 'PAID') <> (COALESCE(i.state, '') = 'PAID') OR (i.item_id IS NOT NULL AND (i.gross_minor <> s.net_minor OR i.tax_minor <> s.tax_minor))`,
        ),
      ).toEqual([]);
      for (const [type, amount] of [
        ["'clearing', 'cash'", 'amount_minor'],
        ["'withheld'", 'tax_minor'],
      ] as const) {
        const booked = await world.rows<{ total: unknown }>(
          `SELECT COALESCE(SUM(-e.amount_minor), 0) AS total FROM ledger_entry e JOIN ledger_account a ON a.account_id = e.account_id WHERE a.type IN (${type})`,
        );
        const sent = await world.rows<{ total: unknown }>(
          `SELECT COALESCE(SUM(${amount}), 0) AS total FROM payout_item WHERE state IN ('SENT', 'UNKNOWN', 'PAID')`,
        );
        expect([type, int(booked[0]!.total)]).toEqual([type, int(sent[0]!.total)]);
      }
      const owed = await world.rows<{ partner_id: Buffer }>(
        `SELECT a.partner_id, SUM(e.amount_minor) AS sent FROM ledger_entry e JOIN ledger_account a ON a.account_id = e.account_id
          WHERE a.type = 'payable' AND e.kind IN ('payout', 'withhold', 'bank-failed', 'bank-return') GROUP BY a.partner_id
         HAVING SUM(e.amount_minor) <> (SELECT COALESCE(SUM(i.gross_minor), 0) FROM payout_item i WHERE i.partner_id = a.partner_id AND i.state IN ('SENT', 'UNKNOWN', 'PAID'))`,
      );
      expect(owed.map((row) => idOut(row.partner_id))).toEqual([]);
    },
  };
}
export type PayableWorld = Awaited<ReturnType<typeof payableWorld>>;

/** What became of each of several that did the same: done, or why not, in order. */
export const codes = (settled: readonly PromiseSettledResult<unknown>[]) =>
  settled.map((one) => (one.status === 'fulfilled' ? 'done' : ((one.reason as { code?: string }).code ?? String(one.reason)))).sort();
/** Does the same eight times at once. */
export const eight = <T>(work: (index: number) => Promise<T>) => Promise.allSettled(Array.from({ length: 8 }, (_, index) => work(index)));
