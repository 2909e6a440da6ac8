import { databases } from '@concentric/testing';
import { Commerce, order, refund, type TestBrand, type Loose } from './commerce.fixture';

describe.each(databases())('seals on $name', (db) => {
  let commerce: Commerce;
  let brand: TestBrand;

  beforeAll(async () => {
    commerce = await Commerce.start(db);
  });
  afterAll(() => commerce?.stop());
  beforeEach(async () => {
    brand = await commerce.brand();
  });
  const seal = async (...days: [string, string][]) =>
    (await brand.call('POST', '/seals', { items: days.map(([channel, businessDate]) => ({ channel, businessDate })) })).body;

  it('counts and sums what was published of each channel and business date', async () => {
    await brand.send(
      'orders',
      order('1'),
      order('2', { status: 'created' }),
      order('3', { channel: 'mini' }),
      order('4', { placedAt: '2026-03-02 00:00:00' }),
      order('5', { lines: [{ sku: 'x', netMinor: 1 }] }),
      order('6', { status: 'cancelled' }),
    );
    await brand.send(
      'refunds',
      refund('r1', { orderExternalId: '1', amountMinor: 70, occurredAt: '2026-03-01 23:00:00' }),
      refund('r2', { orderExternalId: 'none', occurredAt: '2026-03-01 23:00:00' }),
    );
    expect(await seal(['till', '2026-03-01'], ['mini', '2026-03-01'], ['till', '2026-02-28'])).toEqual({ sealed: 3, unchanged: 0 });
    const { brandId } = brand;
    expect(await brand.seals()).toEqual([
      { brandId, channel: 'mini', businessDate: '2026-03-01', revision: 1, orders: 1, refunds: 0, paidMinor: 10_000, refundedMinor: 0 },
      { brandId, channel: 'till', businessDate: '2026-02-28', revision: 1, orders: 0, refunds: 0, paidMinor: 0, refundedMinor: 0 },
      { brandId, channel: 'till', businessDate: '2026-03-01', revision: 1, orders: 2, refunds: 1, paidMinor: 10_001, refundedMinor: 70 },
    ]);
    expect((await brand.call('GET', '/seals?channel=till')).body.data.map((row: Loose) => row.businessDate)).toEqual([
      '2026-03-01',
      '2026-02-28',
    ]);
  });

  it('does nothing when the same is sealed again', async () => {
    await brand.send('orders', order('1'));
    await seal(['till', '2026-03-01']);
    expect(await seal(['till', '2026-03-01'], ['till', '2026-03-01'])).toEqual({ sealed: 0, unchanged: 2 });
    expect(await brand.seals()).toHaveLength(1);
  });

  it('is renewed with a higher revision by whatever is published late, also by a refund that had waited', async () => {
    await brand.send('refunds', refund('r1', { orderExternalId: '2', amountMinor: 5, occurredAt: '2026-03-03 08:00:00' }));
    await brand.send('orders', order('1'));
    await seal(['till', '2026-03-01'], ['till', '2026-03-03']);
    await brand.send('orders', order('2'));
    expect(
      (await brand.seals())
        .slice(2)
        .map((one) => [one.businessDate, one.revision, one.orders, one.paidMinor, one.refunds, one.refundedMinor]),
    ).toEqual([
      ['2026-03-01', 2, 2, 20_000, 0, 0],
      ['2026-03-03', 2, 0, 0, 1, 5],
    ]);
    expect(await seal(['till', '2026-03-01'])).toEqual({ sealed: 0, unchanged: 1 });
  });

  it('keeps sealed counts equal to what was published, whatever comes at the same time', async () => {
    await seal(['till', '2026-03-01']);
    await Promise.all([...Array.from({ length: 8 }, (_, at) => brand.send('orders', order(`c${at}`))), seal(['till', '2026-03-01'])]);
    const seals = await brand.seals();
    expect(seals.at(-1)).toMatchObject({ orders: 8, revision: seals.length });
    expect(seals.map((one) => one.revision)).toEqual(seals.map((_, at) => at + 1));
  });

  it('refuses unknown channels and dates that do not exist, and seals nothing then', async () => {
    const answer = await brand.call('POST', '/seals', {
      items: [
        { channel: 'till', businessDate: '2026-02-30' },
        { channel: 'nowhere', businessDate: '2026-02-01' },
        { channel: 'till', businessDate: '2026-02-01' },
      ],
    });
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 'invalid_input', errors: [{ field: 'items[0].businessDate' }, { field: 'items[1].channel' }] },
    });
    expect(await brand.seals()).toEqual([]);
  });
});
