import type { Seal } from '@concentric/contracts';
import { isDuplicateKey } from '@concentric/service-kit';
import { databases, eventually } from '@concentric/testing';
import { SealService } from '../src/seal/seal.service';
import { TierReviewService } from '../src/tier/tier-review.service';
import { brandId, day, membership, order, refund, type Membership } from './membership.fixture';

interface TierEvent {
  from: string | null;
  to: string;
  reason: string;
  growthValue: number;
  businessDate: string;
}

describe.each(databases())('tiers and seals, on $name', (db) => {
  let service: Membership;
  beforeEach(async () => (service = await membership(db)));
  afterEach(() => service.close());

  const tiers = async () =>
    (await service.published<TierEvent>('tier-changed')).map(({ to, reason, growthValue }) => [to, reason, growthValue]);
  const review = async (date: string) => {
    let reviewed = 0;
    for (let some = -1; some !== 0; reviewed += some)
      some = await service.within((tx) => service.get(TierReviewService).reviewSome(tx, brandId, date));
    return reviewed;
  };

  it('lets a tier fall at once after a refund, to what is left', async () => {
    const phone = service.identity('13800000001');
    const big = order('big', day(2), 5_000, [phone]);
    await service.buy(order('a', day(1), 600, [phone]), big);
    await service.refund(refund('r', big, day(3), 5_000));
    expect(await tiers()).toEqual([
      ['T1', 'registered', 600],
      ['T3', 'spend', 5_600],
      ['T1', 'refund', 600],
    ]);
    const history = await service.rows('SELECT tier, valid_from, valid_to FROM tier_history ORDER BY seq');
    expect(
      history.map((row) => [row['tier'], Number(row['valid_from']), row['valid_to'] === null ? null : Number(row['valid_to'])]),
    ).toEqual([
      ['T1', day(1), day(2)],
      ['T3', day(2), day(3)],
      ['T1', day(3), null],
    ]);
  });

  it('lets a tier fall by ageing on its anniversary only, one step a year', async () => {
    await service.buy(order('a', day(0), 5_000, [service.identity('13800000001')]));
    expect(await review('2026-12-31')).toBe(0);
    expect(await review('2027-01-01')).toBe(1);
    expect(await review('2027-01-01')).toBe(0);
    expect(await review('2027-12-31')).toBe(0);
    expect(await review('2028-01-02')).toBe(1);
    expect(await tiers()).toEqual([
      ['T3', 'registered', 5_000],
      ['T2', 'anniversary', 0],
      ['T1', 'anniversary', 0],
    ]);
    const [first] = (await service.published<TierEvent>('tier-changed')).slice(1);
    expect(first?.businessDate).toBe('2027-01-02');
  });

  it('inv 17: parks a refund until its order is known', async () => {
    const phone = service.identity('13800000001');
    const bought = order('a', day(1), 600, [phone]);
    await service.refund(refund('r', bought, day(2), 100));
    expect(await service.rows('SELECT refund_id FROM purchase_refund')).toHaveLength(1);
    await service.buy(bought);
    expect((await service.rows('SELECT refunded_minor FROM purchase')).map((row) => Number(row['refunded_minor']))).toEqual([10_000]);
    expect(await tiers()).toEqual([['T1', 'registered', 600]]);
  });

  it('passes a seal on when its own counts and sums match, whichever comes first', async () => {
    const seals = service.get(SealService);
    const seal: Seal = {
      brandId,
      channel: 'till',
      businessDate: '2026-01-02',
      revision: 1,
      orders: 2,
      refunds: 0,
      paidMinor: 30_000,
      refundedMinor: 0,
    };
    await service.buy(order('a', day(1), 100, []));
    await service.within((tx) => seals.seal(tx, [seal]));
    expect(await service.published('intake-sealed')).toEqual([]);
    await service.buy(order('b', day(1), 200, []), order('other day', day(2), 1, []));
    expect(await service.published('intake-sealed')).toEqual([seal]);
    await service.buy(order('late', day(1), 5, []));
    await service.within((tx) => seals.seal(tx, [seal]));
    expect(await service.published('intake-sealed')).toHaveLength(1);
    const again = { ...seal, revision: 2, orders: 3, paidMinor: 30_500 };
    await service.within((tx) => seals.seal(tx, [{ ...again, revision: 1 }, again]));
    expect(await service.published('intake-sealed')).toEqual([seal, again]);
  });

  it('passes an empty seal on at once, and counts refunds on their own date', async () => {
    const seals = service.get(SealService);
    const empty: Seal = {
      brandId,
      channel: 'mini',
      businessDate: '2026-01-02',
      revision: 1,
      orders: 0,
      refunds: 0,
      paidMinor: 0,
      refundedMinor: 0,
    };
    const refunds = { ...empty, channel: 'till', businessDate: '2026-01-05', refunds: 1, refundedMinor: 700 };
    await service.within((tx) => seals.seal(tx, [refunds, empty]));
    expect(await service.published('intake-sealed')).toEqual([empty]);
    await service.refund(refund('r', order('unknown', day(1), 100, []), day(4), 7));
    expect(await service.published('intake-sealed')).toEqual([empty, refunds]);
  });

  it('makes one person when replicas meet the same new identity at the same time', async () => {
    const phone = service.identity('13800000001');
    const attempt = (name: string) =>
      eventually(`${name} is taken in`, async () => {
        try {
          await service.buy(order(name, day(1), 100, [phone, service.identity(name, 'card')]));
          return true;
        } catch (error) {
          // What a consumer does: the delivery is repeated.
          if (isDuplicateKey(error)) return false;
          throw error;
        }
      });
    await Promise.all(Array.from({ length: 8 }, (_, i) => attempt(`n${i}`)));
    expect(await service.rows('SELECT customer_id FROM customer')).toHaveLength(1);
    expect(await service.rows('SELECT DISTINCT customer_id FROM purchase')).toHaveLength(1);
    expect((await tiers()).map(([to]) => to)).toEqual(['T0', 'T1']);
  });

  it('inv 17: does not lose a refund that arrives at the same moment as its order', async () => {
    const phone = service.identity('13800000001');
    const orders = Array.from({ length: 20 }, (_, i) => order(`o${i}`, day(1), 10, [phone]));
    await service.buy(order('first', day(0), 1, [phone]));
    await Promise.all(orders.flatMap((one, i) => [service.buy(one), service.refund(refund(`r${i}`, one, day(2), 10))]));
    const rows = await service.rows('SELECT refunded_minor FROM purchase WHERE net_minor = 1000');
    expect(rows.map((row) => Number(row['refunded_minor']))).toEqual(Array(20).fill(1_000));
  });
});
