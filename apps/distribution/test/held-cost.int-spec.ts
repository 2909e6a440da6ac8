import { BrandDirectory, idIn, namedId } from '@concentric/service-kit';
import { databases } from '@concentric/testing';
import { WhyService } from '../src/commission/why.service';
import { HeldPurchaseList } from '../src/purchase/held-purchase-list.repository';
import { HeldPurchases } from '../src/purchase/held-purchase.service';
import { ProductCosts } from '../src/purchase/product-cost.repository';
import { RecalculationComparison } from '../src/recalculation/recalculation-comparison.service';
import { RecalculationRepository } from '../src/recalculation/recalculation.repository';
import { expectBooksInOrder } from './books.fixture';
import { approver, brandId, day, distribution, order, person, personOf, refund, type Distribution } from './distribution.fixture';

describe.each(databases())('inv 7: orders that came without their cost, on $name', (db) => {
  let world: Distribution;
  let planVersionId: string;
  beforeEach(async () => {
    world = await distribution(db);
    await world.partners({ code: 'S1', type: 'store', name: 'One' }, { code: 'S2', type: 'store', name: 'Two' });
    planVersionId = await world.plan({
      rules: [
        { role: 'store', recipient: { from: 'store' }, ratePpm: 100_000, base: 'margin' },
        { role: 'store', recipient: { from: 'store' }, ratePpm: 100_000, categories: ['gifts'] },
        { role: 'bound', recipient: { from: 'bound' }, ratePpm: 10_000 },
      ],
    });
  });
  afterEach(async () => {
    await expectBooksInOrder(world);
    await world.close();
  });
  const held = async () =>
    (await world.get(HeldPurchaseList).page(brandId, { limit: 50 })).data.map((row) => `${row.externalId} ${row.detail}`);
  const earned = async () => {
    const rows = await world.rows(
      'SELECT p.external_id, c.line_no, c.role, c.kind, c.base_minor, c.amount_minor FROM commission_line c JOIN purchase p ON p.order_id = c.order_id ORDER BY 1, 2, 3, c.doc_seq',
    );
    return rows.map((row) => Object.values(row).join(' '));
  };
  const tea = (more: object = {}) => ({ sku: 'tea', netMinor: 10_000, quantity: 2, storeCode: 'S1', ...more });

  it('wait until it is known what the product cost on their date, and then earn as of their own moment', async () => {
    const a = order('a', day(1), 'ann', tea());
    const b = order('b', day(2), 'ann', { netMinor: 1_000, costMinor: 0, storeCode: 'S2' });
    await world.buy(a, b);
    await world.refund(refund('ra', a, day(3), 5_000));
    await world.through(4);
    expect(await held()).toEqual(['a tea']);
    // Ann belongs to S1 by the order that is held: later orders do not wait for it.
    expect(await earned()).toEqual(['b 1 bound EARN 1000 10', 'b 1 store EARN 1000 100']);

    await world.cost('tea', 1_500, '2026-01-03');
    await world.cost('cup', 1_500);
    // Neither is about the order, and so it is not even tried again.
    expect(await world.rows("SELECT external_id FROM purchase WHERE state <> 'DECIDED'")).toEqual([{ external_id: 'a' }]);
    expect(await held()).toEqual(['a tea']);
    await world.cost('tea', 3_000, '2026-01-01');
    await world.settled();
    expect(await held()).toEqual([]);
    expect(await earned()).toEqual([
      'a 1 store EARN 4000 400',
      'a 1 store REVERSE 5000 -200',
      'b 1 bound EARN 1000 10',
      'b 1 store EARN 1000 100',
    ]);

    await world.knowNetwork();
    const [line] = await world.rows<{ id: Buffer }>("SELECT line_id AS id FROM commission_line WHERE base_minor = 4000 AND kind = 'EARN'");
    const id = line!.id.toString('hex').replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');
    const why = world.get(WhyService);
    expect((await why.explain(brandId, id, person('finance'))).order).toMatchObject({
      netMinor: 10_000,
      costMinor: 6_000,
      isCostLater: true,
    });
    expect((await why.explain(brandId, id, personOf('S1'))).order).toMatchObject({ costMinor: null, isCostLater: false });

    // What it was decided by stays, whatever is learnt of the product since; only a recalculation, of two people, goes by that.
    await world.cost('tea', 1, '2026-01-02');
    await world.settled();
    expect((await why.explain(brandId, id, person('finance'))).order).toMatchObject({ costMinor: 6_000 });
    const run = await world.within(async (tx) => {
      const repository = world.get(RecalculationRepository);
      const input = { planVersionId, from: '2026-01-01', to: '2026-01-31', reason: 'look again' };
      const brand = await world.get(BrandDirectory).get(tx, brandId);
      const stored = await repository.find(tx, brandId, await repository.add(tx, brand, input, approver.id));
      return world.get(RecalculationComparison).of(tx, brandId, planVersionId, await repository.next(tx, brand, stored!, 10));
    });
    expect(run).toMatchObject({ found: [{ differences: [{ role: 'store', expectedMinor: 500, bookedMinor: 200 }] }], skipped: 0 });
    await expect(world.cost('tea', 2, '2026-01-02')).rejects.toMatchObject({ code: 'contradicting_fact' });
    const both = [1, 2].map((unitCostMinor) => ({ brandId, sku: 'jar', costFrom: '2026-01-01', unitCostMinor }));
    await expect(world.within((tx) => world.get(ProductCosts).add(tx, brandId, both))).rejects.toMatchObject({
      code: 'contradicting_fact',
    });
    await world.within((tx) => world.get(ProductCosts).add(tx, brandId, [both[0]!, both[0]!]));
    await world.cost('tea', 1, '2026-01-02');
    // The same order again is the same order: what was learnt of it since is not its content.
    await world.buy(a);
  });

  it('are given it for one product after the other, and for no line that no plan asks about', async () => {
    const line = { netMinor: 10_000, storeCode: 'S1' };
    await world.cost('gift', 9_999);
    await world.buy(
      order('a', day(1), null, tea(), { ...line, sku: 'cup' }, { ...line, sku: 'gift', category: 'gifts' }, tea({ costMinor: 0 })),
    );
    await world.through(2);
    expect(await held()).toEqual(['a tea']);
    await world.cost('tea', 5_000);
    await world.settled();
    expect(await held()).toEqual(['a cup']);
    await world.get(HeldPurchases).retry(brandId, namedId('order/a'), 'is it known by now?', approver);
    await world.settled();
    expect(await held()).toEqual(['a cup']);
    await world.cost('cup', 0);
    await world.settled();
    // The gift would not keep to its margin; but nobody needed to know what it cost.
    expect(await earned()).toEqual([
      'a 1 store EARN 0 0',
      'a 2 store EARN 10000 1000',
      'a 3 store EARN 10000 1000',
      'a 4 store EARN 10000 1000',
    ]);
    expect(await world.rows('SELECT costs FROM purchase WHERE order_id = ?', [idIn(namedId('order/a'))])).toEqual([
      {
        costs: JSON.stringify([
          { lineNo: 1, costMinor: 10_000 },
          { lineNo: 2, costMinor: 0 },
        ]),
      },
    ]);
  });

  it('do not wait at all where it became known before their turn', async () => {
    for (let n = 1; n <= 8; n += 1) {
      await world.buy(order(`o${n}`, day(n), null, tea({ sku: `sku ${n}` })));
      await Promise.all([world.through(n), world.cost(`sku ${n}`, n)]);
      await world.settled();
      expect(await held()).toEqual([]);
    }
    expect(await earned()).toHaveLength(8);
    await world.buy(order('dear', day(9), null, tea({ sku: 'dear' })));
    await world.cost('dear', Number.MAX_SAFE_INTEGER);
    await world.through(9);
    expect(await held()).toEqual(['dear dear']);
  });
});
