import { databases } from '@concentric/testing';
import { idIn, namedId } from '@concentric/service-kit';
import { FindingRepository } from '../src/finding/finding.repository';
import { PayoutBlockService } from '../src/statement/payout-block.service';
import { FindingService } from '../src/finding/finding.service';
import { PartnerPersonService } from '../src/finding/partner-person.service';
import { ReviewService } from '../src/statement/review.service';
import { StatementListRepository } from '../src/statement/statement-list.repository';
import { brandId, day, distribution, HOUR, order, person, refund, type Distribution } from './distribution.fixture';
import { financeChecker, financeMaker, partnerId, payableWorld, type PayableWorld } from './payout.fixture';

const auditor = person('auditor');
const found = async (world: Pick<Distribution, 'get'>, period?: string) =>
  (await world.get(FindingRepository).list(brandId, { limit: 100, sort: 'code', ...(period ? { period } : {}) }, auditor)).data;
/** The accounts from which an order's commission was taken back. */
const reversedOn = async (world: Pick<Distribution, 'rows'>, orderId: string) =>
  (
    await world.rows<{ type: string }>(
      `SELECT DISTINCT a.type FROM ledger_entry e JOIN ledger_account a ON a.account_id = e.account_id JOIN commission_line r ON r.line_id = e.line_id
        WHERE e.kind = 'reverse' AND a.type <> 'expense' AND r.order_id = ? ORDER BY a.type`,
      [idIn(namedId(`order/${orderId}`))],
    )
  ).map(({ type }) => type);
const review = async (world: Pick<Distribution, 'get' | 'statements'>, period: string, code: string) => {
  const items = (await world.statements()).filter((one) => one.period === period && one.code === code);
  await world.get(ReviewService).act(brandId, 'submit', items, financeMaker);
  return world.get(ReviewService).act(brandId, 'approve', items, financeChecker);
};

describe.each(databases())('findings about statements, on $name', (db) => {
  describe('of partners who were paid', () => {
    let world: PayableWorld;
    beforeEach(async () => {
      world = await payableWorld(db, {
        findings: {
          jumpFactor: 3,
          jumpAboveMinor: 2_000,
          refundedSharePpm: 300_000,
          refundedLinesAtLeast: 5,
          freshBindingHours: 24,
          freshBindingFactor: 5,
          freshBindingAboveMinor: 1_000,
        },
      });
    });
    afterEach(() => world.close());

    it('shows jumps, refunds after payout and other accounts, and keeps such statements from being approved until each is accepted', async () => {
      await world.payout.sent();
      await world.bank.import([world.bank.line(await world.payout.item('S1'), 'PAID', 'B1')]);
      const a = order('a', day(1), null, { netMinor: 10_000, storeCode: 'S1' });
      await world.buy(
        order('c', day(33), null, { netMinor: 40_000, storeCode: 'S1' }),
        order('d', day(33), null, { netMinor: 14_000, storeCode: 'S2' }),
      );
      await world.refund(refund('r', a, day(34), 5_000));
      await world.payee.approved('S1', { account: '6222020200999999999' });
      await world.through(59);
      const findings = await found(world, '2026-02');
      expect(
        findings
          .map(({ code, partnerCode, figures, state }) => ({ code, partnerCode, figures, state }))
          .sort((x, y) => (x.code + x.partnerCode < y.code + y.partnerCode ? -1 : 1)),
      ).toEqual([
        { code: 'jump', partnerCode: 'S1', figures: { earnedMinor: 3_500, meanMinor: 1_000, statements: 1 }, state: 'OPEN' },
        {
          code: 'payee_changed',
          partnerCode: 'S1',
          figures: { payeeId: expect.any(String), formerPayeeId: expect.any(String) },
          state: 'OPEN',
        },
        {
          code: 'refund_after_payout',
          partnerCode: 'D1',
          figures: { statementId: await world.statementOf('D1'), lines: 1, amountMinor: 100 },
          state: 'OPEN',
        },
        {
          code: 'refund_after_payout',
          partnerCode: 'S1',
          figures: { statementId: await world.statementOf('S1'), lines: 1, amountMinor: 500 },
          state: 'OPEN',
        },
      ]);
      const list = world.get(StatementListRepository);
      expect(
        (await list.list(brandId, { limit: 10, period: '2026-02', exceptional: 'true', sort: '-findings' }, auditor)).data[0],
      ).toMatchObject({ partnerCode: 'S1', findings: 3, openFindings: 3 });
      expect((await list.list(brandId, { limit: 10, period: '2026-02', exceptional: 'false' }, auditor)).data).toMatchObject([
        { partnerCode: 'S2', findings: 0, openFindings: 0 },
      ]);
      const codes: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await list.list(
          brandId,
          { limit: 1, period: '2026-02', sort: '-partnerCode', ...(cursor ? { cursor } : {}) },
          auditor,
        );
        codes.push(...page.data.map(({ partnerCode }) => partnerCode));
        cursor = page.pageInfo.nextCursor ?? undefined;
      } while (cursor);
      expect(codes).toEqual(['S2', 'S1', 'D1']);
      const exported: string[] = [];
      for await (const { period, partnerCode } of list.all(brandId, auditor)) exported.push(`${period} ${partnerCode}`);
      expect(exported).toEqual([...exported].sort());
      expect(exported.slice(-3)).toEqual(['2026-02 D1', '2026-02 S1', '2026-02 S2']);
      expect(await review(world, '2026-02', 'S1')).toMatchObject({ done: 0, refused: [{ code: 'findings_open' }] });
      const service = world.get(FindingService);
      const own = findings.filter(({ partnerCode }) => partnerCode === 'S1');
      const owner = person('owner of S1');
      await world.ownedBy('S1', owner);
      for (const { id } of own) {
        await expect(service.accept(brandId, id, 'my shop', owner)).rejects.toMatchObject({ code: 'own_partner' });
        const outcomes = await Promise.allSettled(
          [financeMaker, financeChecker].map((actor) => service.accept(brandId, id, 'the new shop has opened', actor)),
        );
        expect(outcomes.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
        expect(outcomes.flatMap((one) => (one.status === 'rejected' ? [(one.reason as { code: string }).code] : []))).toEqual([
          'wrong_state',
        ]);
      }
      expect(await review(world, '2026-02', 'S1')).toMatchObject({ done: 1, refused: [] });
      expect(await review(world, '2026-02', 'S2')).toMatchObject({ done: 1, refused: [] });
      await expect(service.accept(brandId, namedId('none'), 'x', financeMaker)).rejects.toMatchObject({ code: 'finding_not_found' });
      const audit = await world.rows<{ action: string; reason: string }>(
        "SELECT action, reason FROM audit_log WHERE entity_type = 'finding'",
      );
      expect(audit).toEqual(own.map(() => ({ action: 'finding.accepted', reason: 'the new shop has opened' })));
      await expect(world.within((tx) => tx.query("UPDATE statement SET open_findings = 1 WHERE state = 'PAID'"))).rejects.toThrow(
        /ck_statement_findings|CONSTRAINT/i,
      );
    });

    it('examines a statement under review again when other details are approved', async () => {
      await world.payout.sent();
      await world.bank.import([world.bank.line(await world.payout.item('S2'), 'PAID', 'B1')]);
      await world.buy(order('c', day(33), null, { netMinor: 5_000, storeCode: 'S2' }));
      await world.through(59);
      expect(await found(world, '2026-02')).toEqual([]);
      await world.payee.approved('S2', { account: 'DE02120300000000202051' });
      const [draft] = (await world.statements()).filter((one) => one.period === '2026-02' && one.code === 'S2');
      await world.settled();
      expect(await found(world, '2026-02')).toMatchObject([{ code: 'payee_changed', statementId: draft!.statementId }]);
      expect(await review(world, '2026-02', 'S2')).toMatchObject({ done: 0, refused: [{ code: 'findings_open' }] });
      const [first] = await found(world, '2026-02');
      await world.get(FindingService).accept(brandId, first!.id, 'they told us of it', financeMaker);
      // Who accepted one account has not accepted the next.
      await world.payee.approved('S2', { account: 'DE75512108001245126199' });
      await world.settled();
      expect((await found(world, '2026-02')).map(({ code, state }) => `${code} ${state}`).sort()).toEqual([
        'payee_changed ACCEPTED',
        'payee_changed OPEN',
      ]);
      expect(await review(world, '2026-02', 'S2')).toMatchObject({ done: 0, refused: [{ code: 'findings_open' }] });
    });
  });

  it.each([
    ['stayed below the minimum', { minimumPayoutMinor: 1_200 }],
    ['waited for a block', { disputeWindowDays: 20 }],
  ])('finds a refund after payout of what a later month paid, because its own %s', async (why, settings) => {
    const world = await payableWorld(db, settings);
    const blocks = world.get(PayoutBlockService);
    try {
      await world.buy(order('c', day(33), null, { netMinor: 10_000, storeCode: 'S1' }));
      if (why === 'waited for a block') await blocks.block(brandId, partnerId('S1'), 'looked into', financeMaker);
      await world.through(59);
      if (why === 'waited for a block') await blocks.unblock(brandId, partnerId('S1'), 'cleared', financeMaker);
      await world.settled();
      expect(await review(world, '2026-02', 'S1')).toMatchObject({ done: 1 });
      await world.settled();
      world.clock.set(day(81));
      await world.settled();
      const { id: payoutId } = await world.payout.sent();
      const items = await world.payout.items({ payoutId });
      await world.bank.import(items.map((item, index) => world.bank.line(item, 'PAID', `B${index}`)));
      const own = (await world.statements()).filter(({ code }) => code === 'S1');
      expect(own.map(({ period, state }) => `${period} ${state}`)).toEqual(['2026-01 CARRIED', '2026-02 PAID']);
      // What takes it in withholds for it.
      const carried = await world.get(StatementListRepository).list(brandId, { limit: 5, state: 'CARRIED' }, auditor);
      expect([carried.data[0]!.taxMinor, carried.totals[0]!.taxMinor]).toEqual([0, 0]);
      await world.refund(refund('r', order('a', day(1), null, { netMinor: 10_000, storeCode: 'S1' }), day(82), 10_000));
      await world.through(90);
      expect((await found(world, '2026-03')).filter(({ partnerCode }) => partnerCode === 'S1')).toMatchObject([
        { code: 'refund_after_payout', figures: { statementId: own[1]!.statementId, lines: 1, amountMinor: 1_000 } },
      ]);
    } finally {
      await world.close();
    }
  });

  it('shows what partners buy from themselves, guides whose sales come back, and large orders of buyers who have just come', async () => {
    const world = await distribution(db, {
      bindingMode: 'last',
      holdingDays: 10,
      findings: {
        jumpFactor: 3,
        jumpAboveMinor: 1_000_000,
        refundedSharePpm: 250_000,
        refundedLinesAtLeast: 2,
        freshBindingHours: 24,
        freshBindingFactor: 5,
        freshBindingAboveMinor: 60_000,
      },
    });
    try {
      await world.partners(
        { code: 'S1', type: 'store', name: 'One' },
        { code: 'G1', type: 'guide', name: 'Guide', parentCode: 'S1' },
        { code: 'G2', type: 'guide', name: 'Other', parentCode: 'S1' },
      );
      await world.plan({
        rules: [
          { role: 'guide', recipient: { from: 'guide' }, ratePpm: 100_000 },
          { role: 'owner', recipient: { from: 'bound' }, ratePpm: 50_000 },
        ],
      });
      await world.get(PartnerPersonService).save(brandId, partnerId('G1'), namedId('customer/guide one'), 'shows a card', auditor);
      const sold = [1, 2, 3].map((n) => order(`g${n}`, day(n), `buyer ${n}`, { netMinor: 1_000, guideCode: 'G1', storeCode: 'S1' }));
      const own = order('own', day(4), 'guide one', { netMinor: 2_000, guideCode: 'G1', storeCode: 'S1' });
      const first = order('first', day(5), 'ann', { netMinor: 1_000, guideCode: 'G2', storeCode: 'S1' });
      const moved = order('moved', day(6), 'ann', { netMinor: 1_000, guideCode: 'G1', storeCode: 'S1' });
      const line = (netMinor: number) => ({ netMinor, storeCode: 'S1', guideCode: null });
      // Large as an order, not in any of its lines.
      const large = order('large', day(6) + 2 * HOUR, 'ann', line(50_000), line(40_000));
      await world.buy(...sold, own, first, moved, large);
      await world.refund(refund('r1', sold[0]!, day(7), 500), refund('r3', sold[1]!, day(8), 100));
      await world.through(15);
      // What is left of the same sale, given back after it has matured: on another account, still one line.
      await world.refund(refund('r2', sold[0]!, day(20), 500));
      await world.through(31);
      expect(await reversedOn(world, 'g1')).toEqual(['payable', 'pending']);
      const findings = await found(world);
      expect(findings.map(({ code, partnerCode, figures }) => [code, partnerCode, figures])).toEqual([
        [
          'fresh_binding',
          'G1',
          expect.objectContaining({ orderId: namedId('order/large'), minutes: 119, lines: 2, baseMinor: 90_000, medianMinor: 1_000 }),
        ],
        ['many_refunds', 'G1', { refundedLines: 2, lines: 7 }],
        ['self_purchase', 'G1', { customerId: namedId('customer/guide one'), lines: 1, amountMinor: 200 }],
      ]);
    } finally {
      await world.close();
    }
  });

  it('shows a large order of a buyer who came to this partner by turning out to be an older customer of it', async () => {
    const world = await distribution(db, {
      findings: {
        jumpFactor: 3,
        jumpAboveMinor: 1_000_000,
        refundedSharePpm: 300_000,
        refundedLinesAtLeast: 2,
        freshBindingHours: 24,
        freshBindingFactor: 5,
        freshBindingAboveMinor: 1_000,
      },
    });
    try {
      await world.partners({ code: 'S1', type: 'store', name: 'One' }, { code: 'S2', type: 'store', name: 'Two' });
      await world.plan({ rules: [{ role: 'owner', recipient: { from: 'bound' }, ratePpm: 50_000 }] });
      const buy = (id: string, at: number, who: string, netMinor: number, storeCode: string) => order(id, at, who, { netMinor, storeCode });
      const usual = [1, 2, 3].map((n) => buy(`s${n}`, day(n), `buyer ${n}`, 1_000, 'S1'));
      await world.buy(
        ...usual,
        buy('elder', day(2), 'elder bea', 1_000, 'S1'),
        buy('bea', day(3), 'bea', 1_000, 'S2'),
        { ...buy('merged', day(7), 'bea', 500, 'S2'), merged: [namedId('customer/elder bea')] },
        buy('afterwards', day(7) + HOUR, 'bea', 70_000, 'S2'),
        // The same person on both sides: it stays with its partner, and nothing has changed.
        buy('cid', day(3), 'cid before', 1_000, 'S1'),
        { ...buy('cid again', day(8), 'cid', 500, 'S1'), merged: [namedId('customer/cid before')] },
        buy('cid large', day(8) + HOUR, 'cid', 80_000, 'S1'),
      );
      await world.through(31);
      expect((await found(world)).map(({ code, partnerCode, figures }) => [code, partnerCode, figures])).toEqual([
        ['fresh_binding', 'S1', expect.objectContaining({ orderId: namedId('order/afterwards'), lines: 1, baseMinor: 70_000 })],
      ]);
    } finally {
      await world.close();
    }
  });

  it('asks once about each statement of a person who is several partners, with all that it bought under whichever id', async () => {
    const world = await distribution(db);
    try {
      await world.partners(
        { code: 'S1', type: 'store', name: 'One' },
        { code: 'G1', type: 'guide', name: 'Guide', parentCode: 'S1' },
        { code: 'G2', type: 'guide', name: 'Other', parentCode: 'S1' },
        { code: 'G3', type: 'guide', name: 'Third', parentCode: 'S1' },
      );
      await world.plan({
        rules: [
          { role: 'guide', recipient: { from: 'guide' }, ratePpm: 100_000 },
          { role: 'store', recipient: { from: 'store' }, ratePpm: 50_000 },
        ],
      });
      const kim = namedId('customer/kim');
      const persons = world.get(PartnerPersonService);
      for (const code of ['S1', 'G1'] as const) await persons.save(brandId, partnerId(code), kim, 'shows a card', auditor);
      // Registered under an id that lives on as another.
      await persons.save(brandId, partnerId('G2'), namedId('customer/lou before'), 'shows a card', auditor);
      await persons.save(brandId, partnerId('G3'), namedId('customer/max'), 'shows a card', auditor);
      const sold = (id: string, n: number, buyer: string, guideCode: string) =>
        order(id, day(n), buyer, { netMinor: 1_000, guideCode, storeCode: 'S1' });
      await world.buy(
        sold('a', 1, 'kim', 'G1'),
        sold('b', 2, 'kim before', 'G1'),
        { ...sold('c', 3, 'kim', 'G2'), merged: [namedId('customer/kim before')] },
        sold('g', 1, 'lou at first', 'G2'),
        { ...sold('h', 2, 'lou before', 'G2'), merged: [namedId('customer/lou at first')] },
        { ...sold('d', 4, 'lou', 'G2'), merged: [namedId('customer/lou before')] },
        sold('e', 5, 'lou', 'G1'),
        sold('f', 6, 'ann', 'G3'),
      );
      await world.through(31);
      const self = (await found(world)).filter(({ code }) => code === 'self_purchase');
      expect(new Map(self.map(({ partnerCode, figures }) => [partnerCode, figures]))).toEqual(
        new Map<string, object>([
          ['S1', { customerId: kim, lines: 3, amountMinor: 150 }],
          ['G1', { customerId: kim, lines: 2, amountMinor: 200 }],
          ['G2', { customerId: namedId('customer/lou before'), lines: 3, amountMinor: 300 }],
        ]),
      );
      expect(self).toHaveLength(3);
    } finally {
      await world.close();
    }
  });
});
