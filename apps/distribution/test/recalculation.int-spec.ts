import { idIn, namedId, type JobRun } from '@concentric/service-kit';
import { databases } from '@concentric/testing';
import type { PlanInput } from '@concentric/contracts';
import { AdjustmentRepository } from '../src/adjustment/adjustment.repository';
import { WhyService } from '../src/commission/why.service';
import { WhyStatementService } from '../src/commission/why-statement.service';
import { AccountHalts } from '../src/control/account-halt.repository';
import { BookControl } from '../src/control/book-control.service';
import { HaltRelease } from '../src/control/halt-release.service';
import { accountIdOf } from '../src/ledger/ledger.repository';
import { PlanService } from '../src/plan/plan.service';
import { BookRecalculationJob } from '../src/recalculation/book-recalculation.job';
import { ComputeRecalculationJob } from '../src/recalculation/compute-recalculation.job';
import { RecalculationList } from '../src/recalculation/recalculation-list.repository';
import { RecalculationService } from '../src/recalculation/recalculation.service';
import { expectBooksInOrder } from './books.fixture';
import { author, brandId, day, distribution, HOUR, order, person, refund, type Distribution } from './distribution.fixture';

const [maker, checker, other, auditor] = [person('maker'), person('checker'), person('other'), person('auditor')];
const store = { role: 'store', recipient: { from: 'store' as const }, ratePpm: 100_000 };
const distributor = { role: 'distributor', recipient: { from: 'store' as const, climbTo: 'distributor' as const }, ratePpm: 20_000 };
/** A run of a job that nobody takes away. */
const job = (key: string): JobRun => ({ id: key, key, attempt: 1, heartbeat: async () => {}, progress: async () => {} });

describe.each(databases())('recalculations, on $name', (db) => {
  let world: Distribution;
  let planInForce: string;
  beforeEach(async () => {
    world = await distribution(db);
    await world.partners(
      { code: 'D1', type: 'distributor', name: 'North' },
      { code: 'S1', type: 'store', name: 'One', parentCode: 'D1' },
      { code: 'S2', type: 'store', name: 'Two', parentCode: 'D1' },
    );
    planInForce = await world.plan({ rules: [store, distributor] });
  });
  afterEach(() => world.close());

  const draft = async (rules: PlanInput['rules'], code = 'corrected') =>
    (
      await world.within((tx) =>
        world
          .get(PlanService)
          .draft(tx, brandId, { code, name: 'Corrected', validFrom: '2025-06-01 00:00:00', budgetPpm: 500_000, rules }, author),
      )
    ).planVersionId;
  const one = (id: string) => world.get(RecalculationList).detail(brandId, id);
  const propose = async (planVersionId: string, from = '2026-01-01', to = '2026-12-31') => {
    const id = await world.within((tx) =>
      world.get(RecalculationService).propose(tx, brandId, { planVersionId, from, to, reason: 'agreed in writing' }, maker),
    );
    await world.get(ComputeRecalculationJob).run({ brandId, recalculationId: id }, job(id));
    return id;
  };
  const decide = (id: string, approve = true, actor = checker) =>
    world.get(RecalculationService).decide(brandId, id, approve, 'seen the letter', actor);
  const book = (id: string) => world.get(BookRecalculationJob).run({ brandId, recalculationId: id }, job(id));
  const totals = async (id: string) =>
    (await world.get(RecalculationList).totals(brandId, id, { limit: 50 }, auditor)).data
      .map(
        ({ partnerCode, originPeriod, lines, expectedMinor, bookedMinor, differenceMinor }) =>
          `${partnerCode} ${originPeriod} ${lines} ${expectedMinor} ${bookedMinor} ${differenceMinor}`,
      )
      .sort();
  const months = async () => {
    const a = order('a', day(1), null, { netMinor: 10_000, storeCode: 'S1' }, { netMinor: 999, storeCode: 'S2' });
    const b = order('b', day(33), null, { netMinor: 4_000, storeCode: 'S1' });
    await world.buy(a, b);
    await world.refund(refund('r', a, day(34), 2_500));
    await world.through(40);
  };

  it('inv 11, 19: is not approved on figures that a refund has overtaken', async () => {
    await months();
    const planVersionId = await draft([{ ...store, ratePpm: 150_000 }]);
    const id = await propose(planVersionId);
    world.clock.set(world.clock.now() + 1_000);
    await world.refund(refund('r2', order('b', day(33), null, { netMinor: 4_000, storeCode: 'S1' }), day(35), 4_000));
    await world.through(41);
    await expect(decide(id)).rejects.toMatchObject({ code: 'books_moved' });
    await decide(id, false);
    world.clock.set(world.clock.now() + 1_000);
    await decide(await propose(planVersionId));
  });

  it('inv 11, 24: books everybody else while an account is halted, and the rest once it is released', async () => {
    await months();
    const id = await propose(await draft([{ ...store, ratePpm: 150_000 }]));
    const account = idIn(accountIdOf(brandId, namedId(`partner/${brandId}/S1`), 'payable', 'CNY'));
    await world.within((tx) => tx.query('UPDATE account_balance SET balance_minor = balance_minor - 77 WHERE account_id = ?', [account]));
    await world.get(BookControl).run(brandId, 'daily');
    await decide(id);
    await expect(book(id)).rejects.toMatchObject({ code: 'account_halted' });
    expect(await one(id)).toMatchObject({ state: 'BOOKING', adjustments: 5, adjustmentsBooked: 3 });
    // As the worker leaves a job that has been tried too often.
    await world.within((tx) => tx.query("UPDATE job SET state = 'failed' WHERE name = 'book-recalculation'"));
    const [halt] = await world.within((tx) => world.get(AccountHalts).live(tx, brandId));
    await world.get(HaltRelease).release(brandId, halt!.haltId, { reason: 'counted again', balanceFromEntries: true }, checker);
    expect(await world.rows("SELECT state FROM job WHERE name = 'book-recalculation'")).toEqual([{ state: 'ready' }]);
    await world.within((tx) => tx.query("UPDATE job SET state = 'failed' WHERE name = 'book-recalculation'"));
    await world.get(BookRecalculationJob).resume({ brandId, businessDate: '2026-02-10' });
    expect(await world.rows("SELECT state FROM job WHERE name = 'book-recalculation'")).toEqual([{ state: 'ready' }]);
    await book(id);
    expect(await one(id)).toMatchObject({ state: 'BOOKED', adjustmentsBooked: 5 });
    await expectBooksInOrder(world);
  });

  it('inv 11, 19, 40: emits adjustments in the open period for what another plan would have given, and never edits lines', async () => {
    await months();
    const lines = () => world.rows('SELECT line_id, amount_minor, line_hash FROM commission_line ORDER BY line_id');
    const before = (await lines()).length;
    const planVersionId = await draft([{ ...store, ratePpm: 150_000 }]);
    const id = await propose(planVersionId);
    expect(await one(id)).toMatchObject({
      state: 'PROPOSED',
      orders: 2,
      ordersDone: 2,
      lines: 6,
      skippedOrders: 0,
      adjustments: 5,
      adjustmentsBooked: 0,
      planCode: 'corrected',
      totals: [{ currency: 'CNY', expectedMinor: 1_874, bookedMinor: 1_498, differenceMinor: 376 }],
    });
    // Of 10,000 sold 2,500 came back: 1500 - 375 against 1000 - 250; the distributor earns nothing by the other plan.
    expect(await totals(id)).toEqual([
      'D1 2026-01 2 0 169 -169',
      'D1 2026-02 1 0 80 -80',
      'S1 2026-01 1 1125 750 375',
      'S1 2026-02 1 600 400 200',
      'S2 2026-01 1 149 99 50',
    ]);
    const owner = person('owner of S2');
    await world.ownedBy('S2', owner);
    await expect(decide(id, true, owner)).rejects.toMatchObject({ code: 'own_partner' });
    for (const actor of [maker, author]) await expect(decide(id, true, actor)).rejects.toMatchObject({ code: 'same_person' });
    const decided = await Promise.allSettled([decide(id), decide(id, true, other), decide(id, true, other)]);
    expect(decided.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
    await book(id);
    await book(id);
    expect(await one(id)).toMatchObject({ state: 'BOOKED', adjustments: 5, adjustmentsBooked: 5 });
    expect(await lines()).toHaveLength(before);
    const adjustments = (await world.get(AdjustmentRepository).list(brandId, { limit: 50, source: 'recalculation' }, auditor)).data;
    expect(new Set(adjustments.map(({ sourceId }) => sourceId))).toEqual(new Set([id]));
    expect(
      adjustments
        .map(
          ({ partnerCode, originPeriod, period, amountMinor, state }) => `${partnerCode} ${originPeriod} ${period} ${amountMinor} ${state}`,
        )
        .sort(),
    ).toEqual([
      'D1 2026-01 2026-02 -169 BOOKED',
      'D1 2026-02 2026-02 -80 BOOKED',
      'S1 2026-01 2026-02 375 BOOKED',
      'S1 2026-02 2026-02 200 BOOKED',
      'S2 2026-01 2026-02 50 BOOKED',
    ]);
    await expectBooksInOrder(world);
    const audit = await world.rows<{ action: string }>("SELECT action FROM audit_log WHERE entity_type = 'recalculation' ORDER BY id");
    expect(audit.map(({ action }) => action)).toEqual([
      'recalculation.proposed',
      'recalculation.computed',
      'recalculation.approved',
      'recalculation.booked',
    ]);
    // What was given counts: the same plan again changes nothing, the plan in force takes it all back, refunds follow.
    expect(await totals(await propose(planVersionId))).toEqual([]);
    await world.refund(refund('s', order('a', day(1), null, { netMinor: 10_000, storeCode: 'S1' }), day(41), 7_500));
    await world.through(45);
    expect(await totals(await propose(planVersionId))).toEqual(['D1 2026-01 1 0 -150 150', 'S1 2026-01 1 0 375 -375']);
    await world.through(59);
    for (const { statementId } of (await world.statements()).filter(({ period }) => period === '2026-02')) {
      const { parts } = await world.get(WhyStatementService).explain(brandId, statementId, auditor);
      for (const part of parts) expect(part).toMatchObject({ documentsMinor: part.figureMinor });
    }
    const [line] = await world.rows<{ line_id: Buffer }>(
      "SELECT line_id FROM commission_line WHERE order_id = ? AND role = 'store' AND kind = 'EARN'",
      [idIn(namedId('order/b'))],
    );
    const why = await world
      .get(WhyService)
      .explain(brandId, line!.line_id.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'), auditor);
    expect(why.recalculations).toMatchObject([
      { id, state: 'BOOKED', planCode: 'corrected', expectedMinor: 600, bookedMinor: 400, differenceMinor: 200 },
    ]);
    await world.refused('ck_recalculation_four_eyes', 'UPDATE recalculation SET decided_by = proposed_by WHERE recalculation_id = ?', [
      idIn(id),
    ]);
    await expect(world.within((tx) => tx.query('UPDATE recalculation_line SET expected_minor = 0'))).rejects.toThrow();
  });

  it('changes nothing by the plan in force, keeps to its dates, books nothing when rejected, and skips what the plan cannot split', async () => {
    await months();
    expect(await one(await propose(planInForce))).toMatchObject({ state: 'PROPOSED', orders: 2, lines: 0, adjustments: 0 });
    const february = await propose(await draft([{ ...store, ratePpm: 200_000 }], 'twice'), '2026-02-01', '2026-02-28');
    expect(await totals(february)).toEqual(['D1 2026-02 1 0 80 -80', 'S1 2026-02 1 800 400 400']);
    await decide(february, false);
    await book(february);
    expect(await one(february)).toMatchObject({ state: 'REJECTED', adjustmentsBooked: 0 });
    await expect(decide(february)).rejects.toMatchObject({ code: 'wrong_state' });
    expect(await world.rows('SELECT adjustment_id FROM adjustment')).toEqual([]);
    const byMargin = await propose(await draft([{ ...store, base: 'margin' as const }], 'margin'));
    expect(await one(byMargin)).toMatchObject({ orders: 2, skippedOrders: 2, lines: 0 });
    await expect(
      world.within((tx) =>
        world
          .get(RecalculationService)
          .propose(tx, brandId, { planVersionId: namedId('none'), from: '2026-01-01', to: '2026-01-02', reason: 'no plan' }, maker),
      ),
    ).rejects.toMatchObject({ code: 'plan_not_found' });
    await expect(decide(namedId('none'))).rejects.toMatchObject({ code: 'recalculation_not_found' });
  });

  it('takes a refund that is held for not made', async () => {
    await world.partners({ code: 'G1', type: 'guide', name: 'Guide' });
    const odd = order('odd', day(1), null, { netMinor: 1_000, guideCode: 'G1' });
    await world.buy(odd, order('even', day(1), null, { netMinor: 1_000, storeCode: 'S1' }));
    await world.refund(refund('beyond', odd, day(1) + HOUR, 1_001));
    await world.through(2);
    const guide = { role: 'guide', recipient: { from: 'guide' as const }, ratePpm: 50_000 };
    expect(await one(await propose(await draft([store, guide])))).toMatchObject({
      state: 'PROPOSED',
      orders: 2,
      skippedOrders: 0,
      lines: 2,
    });
  });

  it('never gives twice for the same orders, when two runs overlap', async () => {
    await months();
    const runs = [
      await propose(await draft([{ ...store, ratePpm: 150_000 }, distributor])),
      await propose(await draft([{ ...store, ratePpm: 160_000 }, distributor], 'more')),
    ];
    const outcomes = await Promise.allSettled(runs.map((id) => decide(id)));
    expect(
      outcomes.map((outcome) => (outcome.status === 'fulfilled' ? 'approved' : (outcome.reason as { code: string }).code)).sort(),
    ).toEqual(['approved', 'books_moved']);
    for (const id of runs) await book(id);
    await expectBooksInOrder(world);
  });

  it('inv 8: keeps whom the buyer of an order was bound to, whatever has become known of them since', async () => {
    const bound = await world.plan({
      code: 'bound',
      validFrom: '2026-01-01 00:00:00',
      rules: [{ role: 'owner', recipient: { from: 'bound' as const }, ratePpm: 10_000 }],
    });
    await world.buy(
      order('a', day(1), 'ann', { netMinor: 1_000, storeCode: 'S1' }),
      order('b', day(2), 'bob', { netMinor: 1_000, storeCode: 'S2' }),
      order('c', day(20), 'bob', { netMinor: 1_000 }),
    );
    await world.through(21);
    await world.buy({ ...order('late', day(10), 'ann', { netMinor: 1_000, storeCode: 'S1' }), merged: [namedId('customer/bob')] });
    await world.through(22);
    expect(await one(await propose(bound))).toMatchObject({ orders: 4, lines: 0, adjustments: 0 });
  });

  it('looks up the network as of each order', async () => {
    await world.partners({ code: 'D2', type: 'distributor', name: 'South' });
    await world.buy(
      order('x', day(1), 'ann', { netMinor: 1_000, storeCode: 'S1' }),
      order('y', day(2), 'ann', { netMinor: 1_000, storeCode: 'S2' }),
    );
    await world.through(3);
    world.clock.set(day(5) + HOUR);
    await world.partners({ code: 'S1', type: 'store', name: 'One', parentCode: 'D2', validFrom: '2026-01-05 00:00:00' });
    await world.buy(order('z', day(6), null, { netMinor: 1_000, storeCode: 'S1' }));
    await world.through(7);
    const id = await propose(await draft([distributor, { role: 'owner', recipient: { from: 'bound' as const }, ratePpm: 10_000 }]));
    const lines = (await world.get(RecalculationList).lines(brandId, id, { limit: 50 }, auditor)).data;
    expect(
      lines.map(
        ({ orderExternalId, role, partnerCode, expectedMinor, bookedMinor }) =>
          `${orderExternalId} ${role} ${partnerCode} ${expectedMinor} ${bookedMinor}`,
      ),
    ).toEqual(['x store S1 0 100', 'y owner S1 10 0', 'y store S2 0 100', 'z store S1 0 100']);
    expect(lines.find(({ role }) => role === 'owner')).toMatchObject({ lineId: null, originPeriod: '2026-01' });
  });
});
