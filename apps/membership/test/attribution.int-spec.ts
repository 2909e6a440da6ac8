import { schemaDrift } from '@concentric/service-kit';
import { databases } from '@concentric/testing';
import { brandId, day, membership, order, refund, state, type Membership } from './membership.fixture';

describe.each(databases())('who bought, on $name', (db) => {
  let service: Membership;
  beforeEach(async () => (service = await membership(db)));
  afterEach(() => service.close());

  it('has the schema that its entities say', async () => {
    expect(await schemaDrift(service.database.source)).toEqual([]);
  });

  it('makes one person of several orders of a new person in one batch, and passes the orders on attributed', async () => {
    const [phone, card] = [service.identity('13800000001'), service.identity('C-1', 'card')];
    const second = order('b', day(2), 1_600, [phone, card]);
    await service.buy(second, order('a', day(1), 600, [phone]), order('c', day(3), 10, [card]), order('d', day(3), 10, []));
    const attributed = await service.published<{
      externalId: string;
      customerId: string | null;
      member: boolean;
      tier: string | null;
    }>('purchase-attributed');
    expect(attributed.map(({ externalId, member, tier }) => [externalId, member, tier])).toEqual([
      ['a', true, 'T1'],
      ['b', true, 'T2'],
      ['c', true, 'T2'],
      ['d', false, null],
    ]);
    expect(new Set(attributed.slice(0, 3).map(({ customerId }) => customerId)).size).toBe(1);
    expect(attributed[3]?.customerId).toBeNull();
    const { buyer: _, ...body } = second;
    expect(attributed[1]).toMatchObject(body);
    expect(attributed[1]).not.toHaveProperty('buyer');
    expect(await service.published('member-registered')).toEqual([
      {
        brandId,
        customerId: attributed[0]?.customerId,
        occurredAt: new Date(day(1)).toISOString(),
        businessDate: '2026-01-02',
        joinChannel: 'purchase',
      },
    ]);
    expect(
      (await service.published<{ from: string | null; to: string; reason: string }>('tier-changed')).map(({ from, to, reason }) => [
        from,
        to,
        reason,
      ]),
    ).toEqual([
      [null, 'T1', 'registered'],
      ['T1', 'T2', 'spend'],
    ]);
  });

  it('finds a known person again by any identity, in a later batch', async () => {
    const [phone, card] = [service.identity('13800000001'), service.identity('C-1', 'card')];
    await service.buy(order('a', day(1), 400, [phone]));
    await service.buy(order('b', day(2), 90, [service.identity('+86 138 0000 0001'), card]));
    await service.buy(order('c', day(3), 10, [card]));
    expect(await service.rows('SELECT customer_id FROM customer')).toHaveLength(1);
    expect(await service.rows<{ tier: string }>('SELECT tier FROM customer')).toEqual([{ tier: 'T1' }]);
  });

  it('merges two persons when one order carries identities of both: the older one survives', async () => {
    const [phone, card] = [service.identity('13800000001'), service.identity('C-1', 'card')];
    await service.buy(order('young', day(5), 300, [phone]));
    await service.buy(order('old', day(1), 300, [card]));
    await service.buy(order('both', day(9), 1, [phone, card]));
    const attributed = await service.published<{ externalId: string; customerId: string; merged: string[] }>('purchase-attributed');
    const person = (externalId: string) => attributed.find((purchase) => purchase.externalId === externalId)?.customerId;
    expect(attributed.map(({ merged }) => merged)).toEqual([[], [], [person('young')]]);
    expect(person('both')).toBe(person('old'));
    expect((await service.published<{ to: string; reason: string }>('tier-changed')).at(-1)).toMatchObject({
      to: 'T1',
      reason: 'merge',
      growthValue: 600,
    });
    expect(await service.rows('SELECT DISTINCT customer_id FROM purchase')).toHaveLength(1);
    expect(await service.rows('SELECT DISTINCT customer_id FROM identity')).toHaveLength(1);
    expect(await service.rows('SELECT seq FROM tier_history WHERE valid_to IS NULL')).toHaveLength(1);
    expect(await service.rows('SELECT seq FROM member_status WHERE valid_to IS NULL')).toHaveLength(1);
    expect(await service.rows('SELECT merge_id FROM customer_merge')).toHaveLength(1);
    await expect(service.within((tx) => tx.query('UPDATE customer_merge SET occurred_at = 0'))).rejects.toThrow();
  });

  it('inv 13: changes nothing when orders and refunds are delivered again, in any batches', async () => {
    const phone = service.identity('13800000001');
    const orders = [order('a', day(1), 600, [phone]), order('b', day(2), 1_600, [phone]), order('c', day(3), 5, [])];
    const refunds = [refund('r1', orders[1] ?? fail(), day(4), 700), refund('r2', orders[1] ?? fail(), day(5), 900)];
    await service.buy(...orders, ...orders);
    await service.refund(...refunds);
    const [before, events] = [await state(service), (await service.rows('SELECT message_id FROM outbox')).length];
    await service.refund(...refunds, ...refunds);
    await service.buy(...[...orders].reverse());
    for (const one of refunds) await service.refund(one);
    expect(await state(service)).toEqual(before);
    expect(await service.rows('SELECT message_id FROM outbox')).toHaveLength(events);
  });

  it('inv 16, 17: comes to the same history when the refunds of an order arrive before it', async () => {
    const run = async (other: Membership, refundsFirst: boolean) => {
      const phone = other.identity('13800000001');
      const bought = order('a', day(1), 6_000, [phone]);
      const refunds = [refund('r1', bought, day(4), 2_000), refund('r2', bought, day(5), 4_000)];
      if (refundsFirst) for (const one of [...refunds].reverse()) await other.refund(one);
      await other.buy(bought);
      if (!refundsFirst) await other.refund(...refunds);
      return {
        state: await state(other),
        tiers: (await other.published<object>('tier-changed')).map((event) => ({ ...event, customerId: '' })),
      };
    };
    const other = await membership(db);
    try {
      const inOrder = await run(service, false);
      expect(await run(other, true)).toEqual(inOrder);
      expect(inOrder.tiers.map((event) => (event as unknown as { to: string }).to)).toEqual(['T3', 'T2', 'T0']);
    } finally {
      await other.close();
    }
  });

  it('makes persons but no members where purchases do not register', async () => {
    await service.within((tx) =>
      tx.query(
        'INSERT INTO membership_setting (brand_id, register_on_purchase, thresholds, changed_at) SELECT brand_id, 0, ?, 0 FROM brand_copy',
        ['[0,500,2000,5000,20000]'],
      ),
    );
    await service.buy(order('a', day(1), 600, [service.identity('13800000001')]));
    expect(await service.published('purchase-attributed')).toMatchObject([{ member: false, tier: null, customerId: expect.any(String) }]);
    expect([...(await service.published('member-registered')), ...(await service.published('tier-changed'))]).toEqual([]);
  });

  it('waits for a brand it has not heard of', async () => {
    await expect(service.buy({ ...order('a', day(1), 1, []), brandId: order('x', 0, 0, []).orderId })).rejects.toMatchObject({
      code: 'unknown_brand',
    });
  });
});

function fail(): never {
  throw new Error('missing in the test data');
}
