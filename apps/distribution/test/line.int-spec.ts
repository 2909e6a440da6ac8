import { schemaDrift } from '@concentric/service-kit';
import { databases } from '@concentric/testing';
import { PlanService } from '../src/plan/plan.service';
import { expectBooksInOrder, moneyState } from './books.fixture';
import { approver, author, brandId, day, distribution, HOUR, order, refund, type Distribution } from './distribution.fixture';

const rules = [
  { role: 'store', recipient: { from: 'store' as const }, ratePpm: 50_000 },
  { role: 'distributor', recipient: { from: 'store' as const, climbTo: 'distributor' as const }, ratePpm: 20_000 },
  { role: 'bound', recipient: { from: 'bound' as const }, ratePpm: 30_000 },
];
const network = [
  { code: 'S1', type: 'store' as const, name: 'One', parentCode: 'D1' },
  { code: 'S2', type: 'store' as const, name: 'Two', parentCode: 'D2' },
  { code: 'D1', type: 'distributor' as const, name: 'North' },
  { code: 'D2', type: 'distributor' as const, name: 'South' },
];

describe.each(databases())('the money line, on $name', (db) => {
  let world: Distribution;
  const earned = () =>
    world
      .rows<{ external_id: string; line_no: number; role: string; code: string; amount_minor: unknown }>(
        "SELECT p.external_id, c.line_no, c.role, pa.code, c.amount_minor FROM commission_line c JOIN purchase p ON p.order_id = c.order_id JOIN partner pa ON pa.partner_id = c.partner_id WHERE c.kind = 'EARN' ORDER BY p.external_id, c.line_no, c.role",
      )
      .then((rows) => rows.map((row) => `${row.external_id}/${row.line_no} ${row.role} ${row.code} ${row.amount_minor}`));

  beforeEach(async () => {
    world = await distribution(db);
    await world.partners(...network);
    await world.plan({ rules });
  });
  afterEach(async () => {
    await expectBooksInOrder(world);
    await world.close();
  });

  it('has the schema that its entities say', async () => {
    expect(await schemaDrift(world.database.source)).toEqual([]);
  });

  it('inv 3, 8: splits a line by the chain of its own moment, floored, and lets only strictly later purchases earn by a binding', async () => {
    const first = order('a', day(1), 'ann', { netMinor: 9_999, storeCode: 'S1' }, { netMinor: 100, storeCode: 'S2' });
    const same = order('b', day(1), 'ann', { netMinor: 1_000, storeCode: 'S2' });
    const later = order('c', day(2), 'ann', { netMinor: 333, storeCode: 'S2' });
    await world.buy(later, same, first);
    await world.through(3);
    expect(await earned()).toEqual([
      'a/1 distributor D1 199',
      'a/1 store S1 499',
      'a/2 distributor D2 2',
      'a/2 store S2 5',
      'b/1 distributor D2 20',
      'b/1 store S2 50',
      'c/1 bound S1 9',
      'c/1 distributor D2 6',
      'c/1 store S2 16',
    ]);
  });

  it('inv 8, 9: a store that moved earns for its distributor of that moment, before and after', async () => {
    await world.partners({ code: 'S1', type: 'store', name: 'One', parentCode: 'D2', validFrom: '2026-01-10 00:00:00' });
    await world.buy(
      order('before', day(8), null, { netMinor: 1_000, storeCode: 'S1' }),
      order('after', day(9), null, { netMinor: 1_000, storeCode: 'S1' }),
    );
    await world.through(10);
    expect(await earned()).toEqual([
      'after/1 distributor D2 20',
      'after/1 store S1 50',
      'before/1 distributor D1 20',
      'before/1 store S1 50',
    ]);
  });

  it('holds an order of an unknown store and decides it as of its own time once the store arrives', async () => {
    await world.buy(
      order('a', day(1), 'ann', { netMinor: 1_000, storeCode: 'S9' }),
      order('b', day(1), null, { netMinor: 1_000, storeCode: 'S1' }),
    );
    await world.through(2);
    expect(await earned()).toEqual(['b/1 distributor D1 20', 'b/1 store S1 50']);
    expect(await world.rows("SELECT held_reason, held_detail FROM purchase WHERE state = 'HELD'")).toEqual([
      { held_reason: 'unknown_partner', held_detail: 'S9' },
    ]);
    await world.partners({ code: 'S9', type: 'store', name: 'Nine', parentCode: 'D1' });
    await world.through(3);
    expect(await earned()).toEqual(['a/1 distributor D1 20', 'a/1 store S9 50', 'b/1 distributor D1 20', 'b/1 store S1 50']);
    expect(await world.audited('network', brandId)).toEqual([
      `network.changed ${author.id}: 4 of 4 rows taken in: batch`,
      `network.changed ${author.id}: 1 of 1 rows taken in: batch`,
    ]);
  });

  it('inv 9: holds an order whose chain is broken off below whoever it climbs to, and no other', async () => {
    const between = { code: 'A1', type: 'agent' as const, name: 'Between', parentCode: 'D1' };
    await world.partners({ ...between, validFrom: '2026-02-01 00:00:00' }, { code: 'S7', type: 'store', name: 'Seven', parentCode: 'A1' });
    await world.buy(
      order('a', day(1), null, { netMinor: 1_000, storeCode: 'S7' }),
      order('b', day(33), null, { netMinor: 1_000, storeCode: 'S7' }),
    );
    await world.through(34);
    const later = ['b/1 distributor D1 20', 'b/1 store S7 50'];
    expect(await earned()).toEqual(later);
    expect(await world.rows("SELECT held_reason, held_detail FROM purchase WHERE state = 'HELD'")).toEqual([
      { held_reason: 'unknown_partner', held_detail: 'A1' },
    ]);
    // Whoever is missing gets a place, or who stands below another.
    await world.partners({ ...between, validFrom: '2026-01-01 00:00:00' });
    await world.through(35);
    expect(await earned()).toEqual(['a/1 distributor D1 20', 'a/1 store S7 50', ...later]);
    const outside = { code: 'A2', type: 'agent' as const, name: 'Outside', parentCode: 'D2', validFrom: '2026-03-01 00:00:00' };
    const below = { code: 'S8', type: 'store' as const, name: 'Eight', parentCode: 'A2' };
    await world.partners(outside, below);
    await world.buy(order('c', day(36), null, { netMinor: 1_000, storeCode: 'S8' }, { netMinor: 0, storeCode: 'S8' }));
    await world.through(37);
    expect((await earned()).filter((line) => line.startsWith('c/'))).toEqual([]);
    await world.partners({ ...below, parentCode: 'D2', validFrom: '2026-02-01 00:00:00' });
    await world.through(38);
    expect((await earned()).filter((line) => line.startsWith('c/1'))).toEqual(['c/1 distributor D2 20', 'c/1 store S8 50']);
  });

  it('inv 17, 19, 33: refunds before, with and long after their order leave exactly what the cumulative floor says', async () => {
    const bought = order('a', day(1), null, { netMinor: 999, storeCode: 'S1' });
    await world.refund(refund('r1', bought, day(0) + HOUR, 333));
    await world.through(0);
    await world.buy(bought);
    await world.refund(refund('r2', bought, day(1) + HOUR, 333));
    await world.through(40);
    expect(
      await world
        .rows('SELECT role, earned_minor, reversed_minor FROM commission_state ORDER BY role')
        .then((rows) => rows.map((row) => Object.values(row).map(String))),
    ).toEqual([
      ['distributor', '19', '12'],
      ['store', '49', '32'],
    ]);
    await world.refund(refund('r3', bought, day(40) + HOUR, 333));
    await world.through(70);
    expect(
      await world.rows("SELECT role, state FROM commission_state WHERE earned_minor <> reversed_minor OR state <> 'REVERSED'"),
    ).toEqual([]);
    const late = await world.rows("SELECT origin_period, period_id, against FROM commission_line WHERE kind = 'REVERSE' AND doc_seq = 3");
    expect(late).toEqual([
      { origin_period: '2026-01', period_id: '2026-02', against: 'payable' },
      { origin_period: '2026-01', period_id: '2026-02', against: 'payable' },
    ]);
    expect(
      await world.rows("SELECT period_id, outcome FROM statement WHERE period_id = '2026-02' AND net_minor < 0 AND outcome = 'carry'"),
    ).toHaveLength(2);
  });

  it('inv 13, 16: duplicates and any order of arrival change nothing', async () => {
    const bought = [
      order('a', day(1), 'ann', { netMinor: 5_000, storeCode: 'S1' }),
      order('b', day(2), 'ann', { netMinor: 700, storeCode: 'S2' }),
    ];
    const refunds = [refund('r1', bought[0]!, day(2), 1_234), refund('r2', bought[1]!, day(3), 700)];
    await world.buy(...bought);
    await world.refund(...refunds);
    await world.through(5);
    const expected = await moneyState(world);
    await world.buy(...bought, ...[...bought].reverse());
    await world.refund(...refunds);
    await world.through(6);
    expect(await moneyState(world)).toBe(expected);
    const other = await distribution(db);
    try {
      await other.partners(...[...network].reverse());
      await other.plan({ rules });
      await other.refund(refunds[1]!);
      await other.refund(refunds[0]!);
      await other.buy(bought[1]!);
      await other.buy(bought[0]!);
      await other.through(5);
      expect(await moneyState(other)).toBe(expected);
    } finally {
      await other.close();
    }
  });

  it('inv 13: the same order with another content is refused, not overwritten', async () => {
    await world.buy(order('a', day(1), null, { netMinor: 100, storeCode: 'S1' }));
    await expect(world.buy(order('a', day(1), null, { netMinor: 200, storeCode: 'S1' }))).rejects.toMatchObject({
      code: 'contradicting_fact',
    });
  });

  it('inv 11, 40: the author may not activate, nobody may backdate, and the database refuses both', async () => {
    const plans = world.get(PlanService);
    const draft = await world.within((tx) =>
      plans.draft(
        tx,
        brandId,
        { code: 'next', name: 'Next', validFrom: '2026-02-01 00:00:00', budgetPpm: 100_000, rules: [rules[0]!] },
        author,
      ),
    );
    await expect(plans.activate(brandId, draft.planVersionId, author)).rejects.toMatchObject({ code: 'same_person' });
    await plans.activate(brandId, draft.planVersionId, approver);
    await expect(world.within((tx) => tx.query('UPDATE plan_version SET budget_ppm = 1'))).rejects.toThrow(/append-only|denied/);
    await world.buy(order('a', day(5), null, { netMinor: 100, storeCode: 'S1' }));
    await world.through(6);
    const late = await world.within((tx) =>
      plans.draft(
        tx,
        brandId,
        { code: 'late', name: 'Late', validFrom: '2026-01-02 00:00:00', budgetPpm: 100_000, rules: [rules[0]!] },
        author,
      ),
    );
    await expect(plans.activate(brandId, late.planVersionId, approver)).rejects.toMatchObject({ code: 'plan_backdated' });
  });

  it('inv 11: a plan for the time before the first one decides what was held for it, and touches nothing that is decided', async () => {
    await world.close();
    world = await distribution(db);
    await world.partners(...network);
    await world.plan({ validFrom: '2026-01-10 00:00:00', rules });
    await world.buy(
      order('early', day(2), null, { netMinor: 1_000, storeCode: 'S1' }),
      order('later', day(12), null, { netMinor: 1_000, storeCode: 'S1' }),
    );
    await world.through(13);
    const later = ['later/1 distributor D1 20', 'later/1 store S1 50'];
    expect(await earned()).toEqual(later);
    await expect(world.plan({ code: 'after', validFrom: '2026-01-11 00:00:00', rules })).rejects.toMatchObject({ code: 'plan_backdated' });
    await world.plan({ code: 'before', validFrom: '2026-01-02 00:00:00', rules: [rules[0]!] });
    await world.through(14);
    expect(await earned()).toEqual(['early/1 store S1 50', ...later]);
    await expect(world.plan({ code: 'between', validFrom: '2026-01-03 00:00:00', rules })).rejects.toMatchObject({
      code: 'plan_backdated',
    });
  });

  it('inv 6: a plan that can exceed its budget is refused, and a line that would is held', async () => {
    const plans = world.get(PlanService);
    await expect(
      world.within((tx) =>
        plans.draft(tx, brandId, { code: 'dear', name: 'Dear', validFrom: '2026-03-01', budgetPpm: 60_000, rules }, author),
      ),
    ).rejects.toMatchObject({ code: 'invalid_input' });
    await world.buy(order('a', day(1), null, { netMinor: 1_000, costMinor: 950, storeCode: 'S1' }));
    await world.through(1);
    expect(await world.rows('SELECT held_reason FROM purchase')).toEqual([{ held_reason: 'budget_exceeded' }]);
  });
});
