import { setTimeout as pause } from 'node:timers/promises';
import { databases } from '@concentric/testing';
import { BrandProgress } from '../src/purchase/brand-progress.service';
import { brandId, day, distribution, order, type Distribution } from './distribution.fixture';

describe.each(databases())('an order that is being held, on $name', (db) => {
  let world: Distribution;
  beforeEach(async () => {
    world = await distribution(db);
  });
  afterEach(() => world.close());

  it.each([
    ['its store arrives', 'unknown_partner', 'S9', () => world.partners({ code: 'S9', type: 'store', name: 'Nine' })],
    ['the cost of its product arrives', 'cost_unknown', 'tea', () => world.cost('tea', 1)],
  ])('is not forgotten when %s before the decision has committed', async (_what, reason, detail, arrive) => {
    await world.buy(order('a', day(1), null, { sku: 'tea', netMinor: 1_000, storeCode: 'S9' }));
    let arrival: Promise<unknown> = Promise.resolve();
    // What a replica does that decides by what was known before, stopped between its decision and its commit.
    await world.within(async (tx) => {
      await world.get(BrandProgress).lock(tx, brandId);
      await tx.query("UPDATE purchase SET state = 'HELD', held_reason = ?, held_detail = ?", [reason, detail]);
      arrival = arrive();
      await pause(400);
    });
    await arrival;
    expect(await world.rows('SELECT state FROM purchase')).toEqual([{ state: 'PENDING' }]);
  });
});
