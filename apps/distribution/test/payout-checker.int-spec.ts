import { databases } from '@concentric/testing';
import { PayoutBlockService } from '../src/statement/payout-block.service';
import { ReviewService } from '../src/statement/review.service';
import { brandId, DAY, day, order, person } from './distribution.fixture';
import { financeChecker, financeMaker, partnerId, payableWorld, treasuryMaker, type Code, type PayableWorld } from './payout.fixture';

/** Whoever approved a statement has no part in paying it, wherever its amount has gone since. */
describe.each(databases())('inv 40: the checker of a statement that was carried, on $name', (db) => {
  let world: PayableWorld;
  afterEach(async () => {
    await world.expectInOrder();
    await world.close();
  });
  /** A month earns for this partner, and somebody else approves that. @returns the statement */
  const month = async (
    code: Code,
    { period, netMinor = 20_000, n = 40 }: { period: string; netMinor?: number; n?: number },
  ): Promise<string> => {
    await world.buy(order(period, day(n), null, { netMinor, storeCode: 'S1' }));
    await world.through(n + 28);
    await world.settled();
    const one = (await world.statements()).find((statement) => statement.code === code && statement.period === period)!;
    for (const [action, actor] of [
      ['submit', financeMaker],
      ['approve', person('another checker')],
    ] as const)
      expect(await world.get(ReviewService).act(brandId, action, [one], actor)).toEqual({ done: 1, refused: [] });
    await world.settled();
    world.clock.set(world.clock.now() + 20 * DAY);
    await world.settled();
    return one.statementId;
  };
  const february = (code: Code) => month(code, { period: '2026-02' });
  const keepsOut = async (statementId: string) => {
    const refused = { code: 'checker_of_statement', status: 403 };
    await expect(world.payout.prepare({ statementIds: [statementId] }, financeChecker)).rejects.toMatchObject(refused);
    const id = await world.payout.prepare({ statementIds: [statementId] }, treasuryMaker);
    await expect(world.payout.act('submit', id, financeChecker)).rejects.toMatchObject(refused);
    await world.payout.act('submit', id);
    await expect(world.payout.act('approve', id, financeChecker)).rejects.toMatchObject(refused);
    await world.payout.act('approve', id);
  };

  it('has no part in paying what was below the minimum', async () => {
    world = await payableWorld(db, { minimumPayoutMinor: 400 });
    await keepsOut(await february('D1'));
  });

  it('nor what rolled on while its partner was blocked', async () => {
    world = await payableWorld(db, { disputeWindowDays: 20 });
    const blocks = world.get(PayoutBlockService);
    await blocks.block(brandId, partnerId('S1'), 'under investigation', financeMaker);
    const statementId = await february('S1');
    await blocks.unblock(brandId, partnerId('S1'), 'cleared', financeMaker);
    await world.settled();
    await keepsOut(statementId);
  });

  it('but what was paid on the way is not asked about', async () => {
    world = await payableWorld(db, { minimumPayoutMinor: 400 });
    await february('D1');
    await month('D1', { period: '2026-03', netMinor: 5_000, n: 68 });
    const april = await month('D1', { period: '2026-04', n: 99 });
    expect((await world.statements()).find(({ statementId }) => statementId === april)).toMatchObject({ net: 500, carriedIn: 100 });
    const id = await world.payout.prepare({ statementIds: [april] }, financeChecker);
    expect(await world.payout.one(id)).toMatchObject({ state: 'DRAFT', items: 1 });
  });
});
