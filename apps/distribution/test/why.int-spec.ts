import { sumMinor } from '@concentric/money';
import { namedId, type Operator } from '@concentric/service-kit';
import { databases } from '@concentric/testing';
import { AdjustmentService } from '../src/adjustment/adjustment.service';
import { WhyService } from '../src/commission/why.service';
import { WhyStatementService } from '../src/commission/why-statement.service';
import { BankLines } from '../src/payout/bank-line.service';
import { StatementListRepository } from '../src/statement/statement-list.repository';
import { brandId, day, order, person, personOf, refund } from './distribution.fixture';
import { financeChecker, financeMaker, partnerId, payableWorld, treasuryChecker, type PayableWorld } from './payout.fixture';

const auditor = person('auditor');

describe.each(databases())('why an amount is what it is, on $name', (db) => {
  let world: PayableWorld;
  beforeEach(async () => {
    world = await payableWorld(db);
  });
  afterEach(() => world.close());

  const lineOf = async (externalId: string, role: string) => {
    const rows = await world.rows<{ line_id: Buffer }>(
      "SELECT line_id FROM commission_line WHERE order_id = ? AND role = ? AND kind = 'EARN'",
      [Buffer.from(namedId(`order/${externalId}`).replaceAll('-', ''), 'hex'), role],
    );
    return rows[0]!.line_id.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  };
  const postings = (why: Awaited<ReturnType<WhyService['explain']>>) =>
    why.postings.map(
      ({ kind, account, debitMinor, creditMinor, partMinor }) => `${kind} ${account} ${debitMinor} ${creditMinor} ${partMinor}`,
    );
  const line = (id: string, operator: Operator = auditor) => world.get(WhyService).explain(brandId, id, operator);
  const statement = (id: string) => world.get(WhyStatementService).explain(brandId, id, auditor);
  const lines = async (id: string, part: 'earned' | 'reversed', limit = 1) => {
    const found = [];
    let cursor: string | undefined;
    do {
      const page = await world.get(WhyStatementService).linesOf(brandId, id, { part, limit, ...(cursor ? { cursor } : {}) }, auditor);
      found.push(...page.data);
      cursor = page.pageInfo.nextCursor ?? undefined;
    } while (cursor);
    return found;
  };
  const of = async (period: string, code: string) =>
    (await world.statements()).find((one) => one.period === period && one.code === code)!.statementId;

  it('follows a line to its maturity, statements, adjustments, payout item and bank line', async () => {
    const id = await lineOf('a', 'store');
    const a = order('a', day(1), null, { netMinor: 10_000, storeCode: 'S1' });
    await world.payout.sent();
    const item = await world.payout.item('S1');
    await world.bank.import([world.bank.line(item, 'PAID', 'B1'), world.bank.line(item, 'FAILED', 'B2')]);
    const adjustments = world.get(AdjustmentService);
    const proposal = await world.within((tx) =>
      adjustments.propose(
        tx,
        brandId,
        { partnerId: partnerId('S1'), kind: 'adjust', amountMinor: 70, lineId: id, originPeriod: '2026-01', reason: 'promised' },
        financeMaker,
      ),
    );
    await adjustments.decide(brandId, proposal.id, true, 'letter', financeChecker);
    await world.refund(refund('r', a, day(33), 2_500));
    await world.through(59);
    const why = await line(id);
    expect(why).toMatchObject({
      line: { amountMinor: 1_000, reversedMinor: 250 },
      maturity: { period: '2026-01', amountMinor: 1_000 },
      reversals: [{ amountMinor: -250, refundedMinor: 2_500, period: '2026-02' }],
      adjustments: [
        {
          id: proposal.id,
          amountMinor: 70,
          period: '2026-02',
          originPeriod: '2026-01',
          state: 'BOOKED',
          source: 'manual',
          sourceId: null,
          proposedBy: financeMaker.id,
          decidedBy: financeChecker.id,
        },
      ],
      statements: [
        { period: '2026-01', state: 'PAID', earnedMinor: 1_000, reversedMinor: 0, adjustedMinor: 0 },
        { period: '2026-02', state: 'DRAFT', earnedMinor: 0, reversedMinor: 250, adjustedMinor: 70 },
      ],
      payouts: [
        {
          state: 'PAID',
          grossMinor: 1_000,
          taxMinor: 100,
          amountMinor: 900,
          bankRef: 'B1',
          bankLines: [
            { bankRef: 'B1', status: 'PAID', state: 'BOOKED', match: 'matched', amountText: 'amount_minor 900', why: '' },
            { bankRef: 'B2', status: 'FAILED', state: 'NOTED', match: 'conflict', why: expect.stringMatching(/PAID/) },
          ],
        },
      ],
    });
    expect(postings(why)).toEqual([
      'accrue expense 1200 0 1000',
      'accrue pending 0 1000 1000',
      'mature pending 1000 0 1000',
      'mature payable 0 1000 1000',
      'adjust expense 70 0 70',
      'adjust payable 0 70 70',
      'reverse payable 250 0 250',
      'reverse expense 0 300 250',
    ]);
  });

  it('shows a partner of what was booked and what the bank wrote only what is of its own line', async () => {
    const id = await lineOf('a', 'store');
    await world.payout.sent();
    const item = await world.payout.item('S1');
    await world.bank.import([world.bank.line(item, 'PENDING', 'B0')]);
    await world.bank.import([world.bank.line(item, 'PAID', 'B1')]);
    await world.bank.import([world.bank.line(item, 'RETURNED', 'B2')]);
    const [waiting] = await world.bank.lines({ state: 'WAITING' });
    await world.get(BankLines).decide(brandId, waiting!.id, true, 'seen on the account', treasuryChecker);
    await world.refund(refund('r', order('a', day(1), null, { netMinor: 10_000, storeCode: 'S1' }), day(33), 2_500));
    // Of so little the store earns something, its distributor nothing.
    await world.buy(order('z', day(33), null, { netMinor: 45, storeCode: 'S2' }));
    await world.through(34);
    await world.knowNetwork();
    const whole = await line(id);
    expect(postings(whole)).toEqual([
      'accrue expense 1200 0 1000',
      'accrue pending 0 1000 1000',
      'mature pending 1000 0 1000',
      'mature payable 0 1000 1000',
      'reverse payable 250 0 250',
      'reverse expense 0 300 250',
    ]);
    const lines = whole.payouts[0]!.bankLines;
    expect(lines.map(({ bankRef, state, why }) => `${bankRef} ${state} ${why === '' ? 'plain' : 'with why'}`)).toEqual([
      'B0 NOTED plain',
      'B1 BOOKED with why',
      'B2 NOTED with why',
    ]);
    for (const code of ['S1', 'D1']) {
      const own = await line(id, personOf(code));
      expect(postings(own)).toEqual([
        'accrue expense 1000 0 1000',
        'accrue pending 0 1000 1000',
        'mature pending 1000 0 1000',
        'mature payable 0 1000 1000',
        'reverse payable 250 0 250',
        'reverse expense 0 250 250',
      ]);
      expect(own.payouts).toMatchObject([{ state: 'PAID', bankRef: 'B1' }]);
      expect(own.payouts[0]!.bankLines).toEqual([{ ...lines[1], why: '' }]);
    }
    const nothing = await lineOf('z', 'distributor');
    expect([postings(await line(nothing)), postings(await line(nothing, personOf('D1')))]).toEqual([['accrue expense 4 0 0'], []]);
    for (const [theirs, code] of [
      [id, 'S2'],
      [await lineOf('a', 'distributor'), 'S1'],
    ] as const)
      await expect(line(theirs, personOf(code))).rejects.toMatchObject({ code: 'commission_line_not_found' });
  });

  it('inv 42: sums every figure of every statement from its documents, and shows the lines with rate, rule, version and refund', async () => {
    const a = order('a', day(1), null, { netMinor: 10_000, storeCode: 'S1' });
    await world.payout.sent();
    await world.bank.import([
      world.bank.line(await world.payout.item('S1'), 'PAID', 'B1'),
      world.bank.line(await world.payout.item('S2'), 'FAILED', 'B2'),
    ]);
    const c = order('c', day(32), null, { netMinor: 3_000, storeCode: 'S1' }, { netMinor: 700, storeCode: 'S1' });
    await world.buy(c);
    await world.refund(refund('r', a, day(33), 9_000), refund('q', c, day(32) + 1, 1_000));
    await world.through(59);
    // What February took back beyond what it earned is carried into March.
    await world.buy(order('d', day(61), null, { netMinor: 1_000, storeCode: 'S1' }));
    await world.through(90);
    for (const { statementId } of await world.statements()) {
      const { parts } = await statement(statementId);
      expect(parts.map(({ figure }) => figure)).toEqual(['carriedIn', 'earned', 'reversed', 'adjusted', 'writtenOff', 'withheld', 'paid']);
      for (const part of parts) expect(part).toMatchObject({ documentsMinor: part.figureMinor });
      for (const part of ['earned', 'reversed'] as const) {
        const shown = await lines(statementId, part);
        expect(shown.reduce((sum, row) => sum + row.partMinor, 0)).toBe(parts.find(({ figure }) => figure === part)!.figureMinor);
      }
    }
    const { data, totals } = await world.get(StatementListRepository).list(brandId, { limit: 500 }, auditor);
    const carried = data.map(({ carriedInMinor }) => carriedInMinor);
    expect(carried).toContain(-630);
    expect(totals).toMatchObject([{ statements: data.length, carriedInMinor: sumMinor(carried) }]);
    const february = await of('2026-02', 'S1');
    expect(await statement(february)).toMatchObject({
      statement: { earnedMinor: 270, reversedMinor: 900, withheldMinor: 100, paidMinor: 900, netMinor: -630 },
      movements: [
        { kind: 'payout', amountMinor: 900, statementId: await of('2026-01', 'S1') },
        { kind: 'withhold', amountMinor: 100 },
      ],
      carriedFrom: [],
    });
    const { statement: paid, taxRule } = await statement(await of('2026-01', 'S1'));
    expect(taxRule).not.toBeNull();
    expect(paid.taxMinor).toBe(Math.floor(((paid.netMinor - taxRule!.deductMinor) * taxRule!.ratePpm) / 1_000_000));
    expect(await lines(february, 'reversed', 50)).toMatchObject([
      {
        orderExternalId: 'a',
        amountMinor: -900,
        partMinor: 900,
        refundId: namedId('refund/r'),
        refundedAt: new Date(day(33)).toISOString(),
      },
    ]);
    expect(
      (await lines(february, 'earned', 50))
        .map(({ orderExternalId, lineNo, baseMinor, ratePpm, planCode, planVersion, ruleNo, amountMinor, partMinor }) => [
          orderExternalId,
          lineNo,
          baseMinor,
          ratePpm,
          planCode,
          planVersion,
          ruleNo,
          amountMinor,
          partMinor,
        ])
        .sort(),
    ).toEqual([
      ['c', 1, 3_000, 100_000, 'base', 1, 1, 300, 200],
      ['c', 2, 700, 100_000, 'base', 1, 1, 70, 70],
    ]);
    expect(await statement(await of('2026-01', 'S2'))).toMatchObject({
      payouts: [{ state: 'FAILED', bankLines: [{ status: 'FAILED', bankRef: 'B2' }] }],
    });
    expect((await statement(await of('2026-02', 'S2'))).movements.map(({ kind, amountMinor }) => `${kind} ${amountMinor}`)).toEqual([
      'payout 450',
      'withhold 50',
      'bank-failed -450',
      'withhold -50',
    ]);
  });
});
