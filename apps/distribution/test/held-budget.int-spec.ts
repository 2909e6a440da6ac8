import { databases } from '@concentric/testing';
import { HeldDecisions } from '../src/purchase/held-decision.service';
import { HeldPurchaseList } from '../src/purchase/held-purchase-list.repository';
import { HeldPurchases } from '../src/purchase/held-purchase.service';
import { brandId, day, distribution, order, person, type Distribution } from './distribution.fixture';

const [maker, checker] = [person('maker'), person('checker')];

describe.each(databases())('inv 6: orders beyond their budget, on $name', (db) => {
  let world: Distribution;
  beforeEach(async () => {
    world = await distribution(db);
    await world.partners({ code: 'S1', type: 'store', name: 'One' });
    await world.plan({
      rules: [
        { role: 'store', recipient: { from: 'store' }, ratePpm: 100_000 },
        { role: 'distributor', recipient: { from: 'store', climbTo: 'distributor' }, ratePpm: 50_000 },
      ],
    });
  });
  afterEach(() => world.close());
  const propose = (orderId: string, who = maker) => world.get(HeldDecisions).propose(brandId, orderId, 'accept', 'promised', who);
  const decide = (orderId: string, approve = true) =>
    world.get(HeldDecisions).decide(brandId, orderId, { action: 'accept', approve, reason: 'seen' }, checker);
  const details = async () => (await world.get(HeldPurchaseList).page(brandId, { limit: 50 })).data.map(({ detail }) => detail);

  it('accepts what was shown, of every line, and holds again what it comes to otherwise', async () => {
    const line = (netMinor: number) => ({ netMinor, costMinor: netMinor - 100, storeCode: 'S1' });
    const a = order('a', day(2), null, line(10_000), line(4_000), { netMinor: 500, storeCode: 'S1' });
    await world.buy(a);
    await world.through(3);
    const seen = '1400 of at most 200: line 1: 1000 of at most 100 (its margin), line 2: 400 of at most 100 (its margin)';
    expect(await details()).toEqual([seen]);
    const refuseOwnerOf = async (code: string) => {
      await world.ownedBy(code, checker);
      await expect(propose(a.orderId, checker)).rejects.toMatchObject({ code: 'own_partner', status: 403 });
      await world.ownedBy(code);
    };
    await refuseOwnerOf('S1');
    await propose(a.orderId);
    // A network that was learnt of later makes the same order dearer than what was proposed.
    await world.partners(
      { code: 'D1', type: 'distributor', name: 'North', validFrom: '2026-01-01T00:00:00Z' },
      { code: 'S1', type: 'store', name: 'One', parentCode: 'D1', validFrom: '2026-01-01T00:00:00Z' },
    );
    await decide(a.orderId);
    await world.settled();
    const dearer = '2100 of at most 200: line 1: 1500 of at most 100 (its margin), line 2: 600 of at most 100 (its margin)';
    expect(await details()).toEqual([dearer]);
    // It would earn by what is bought below it.
    await refuseOwnerOf('D1');
    await world.get(HeldPurchases).retry(brandId, a.orderId, 'look again', maker);
    await world.settled();
    expect(await details()).toEqual([dearer]);
    await propose(a.orderId);
    await world.within((tx) => tx.query("UPDATE purchase SET held_detail = 'something else'"));
    await expect(decide(a.orderId)).rejects.toMatchObject({ code: 'changed_meanwhile' });
    await decide(a.orderId, false);
    await world.get(HeldPurchases).retry(brandId, a.orderId, 'look again', maker);
    await world.settled();
    expect(await details()).toEqual([dearer]);
    await propose(a.orderId);
    await decide(a.orderId);
    await world.settled();
    expect(await details()).toEqual([]);
    expect(
      (await world.rows<{ amount_minor: unknown }>('SELECT amount_minor FROM commission_line')).reduce(
        (sum, row) => sum + Number(row.amount_minor),
        0,
      ),
    ).toBe(2_175);
  });

  it('keeps out who owns the partner that the buyer is bound to, or one above it, whomever the order names', async () => {
    await world.partners(
      { code: 'D1', type: 'distributor', name: 'North' },
      { code: 'G1', type: 'guide', name: 'Guide', parentCode: 'D1' },
    );
    await world.plan({
      code: 'dear',
      validFrom: '2026-01-03 00:00:00',
      budgetPpm: 100_000,
      rules: [{ role: 'bound', recipient: { from: 'bound' }, fixedMinor: 50 }],
    });
    const dear = order('dear', day(4), 'ann', { netMinor: 100 });
    await world.buy(order('binds', day(1), 'ann', { netMinor: 100, guideCode: 'G1' }), dear);
    await world.through(5);
    expect(await details()).toEqual(['line 1: 50 of at most 10']);
    for (const code of ['G1', 'D1']) {
      await world.ownedBy(code, checker);
      await expect(propose(dear.orderId, checker)).rejects.toMatchObject({ code: 'own_partner', status: 403 });
      await world.ownedBy(code);
    }
    await propose(dear.orderId);
    await world.ownedBy('G1', checker);
    await expect(decide(dear.orderId)).rejects.toMatchObject({ code: 'own_partner' });
  });

  it('names of many lines the sum, and no figure by half', async () => {
    const line = { netMinor: 10_000, costMinor: 9_900, storeCode: 'S1' };
    await world.buy(order('many', day(2), null, ...Array.from({ length: 20 }, () => line)));
    await world.through(3);
    const [detail] = await details();
    expect(detail).toMatch(
      /^20000 of at most 2000: (line \d+: 1000 of at most 100 \(its margin\), )+line \d+: 1000 of at most 100 \(its margin\)$/,
    );
    expect(detail!.length).toBeLessThanOrEqual(200);
  });
});
