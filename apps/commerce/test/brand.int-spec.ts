import { brandName } from '@concentric/contracts';
import { BrandDirectory, idIn, namedId } from '@concentric/service-kit';
import { databases } from '@concentric/testing';
import { brandOf, Commerce, everything, order, type Loose, type TestBrand } from './commerce.fixture';

describe.each(databases())('brands, products and expenses on $name', (db) => {
  let commerce: Commerce;
  let brand: TestBrand;

  beforeAll(async () => {
    commerce = await Commerce.start(db);
  });
  afterAll(() => commerce?.stop());
  beforeEach(async () => {
    brand = await commerce.brand();
  });
  const codeOf = async () => (await brand.call('GET', '')).body.code as string;

  it('opens a brand once per code and tells everybody', async () => {
    const input = brandOf('opened');
    expect(await commerce.call('POST', '/brands', input)).toMatchObject({
      status: 201,
      body: { ...input, brandId: namedId(brandName('opened')) },
    });
    expect((await commerce.call('POST', '/brands', input)).status).toBe(200);
    expect(await commerce.published('commerce.brand-changed.v1', namedId(brandName('opened')))).toHaveLength(1);
    expect(await commerce.service.app.get(BrandDirectory).get(null, namedId(brandName('opened')))).toMatchObject({
      zone: 'Asia/Shanghai',
      currency: 'CNY',
    });
    const audit: { action: string }[] = await commerce.database.read((tx) =>
      tx.query('SELECT action FROM audit_log WHERE entity_id = ?', [namedId(brandName('opened'))]),
    );
    expect(audit).toHaveLength(1);
  });

  it('fixes zone and currency with the first order, and lets name and channels change', async () => {
    const code = await codeOf();
    expect(await commerce.call('POST', '/brands', { ...brandOf(code), currency: 'JPY', zone: 'Asia/Tokyo' })).toMatchObject({
      status: 200,
      body: { currency: 'JPY' },
    });
    expect((await commerce.call('POST', '/brands', brandOf(code))).status).toBe(200);
    await brand.send('orders', order('1'));
    expect(await commerce.call('POST', '/brands', { ...brandOf(code), currency: 'JPY' })).toMatchObject({
      status: 409,
      body: { code: 'brand_fixed', detail: expect.stringContaining('CNY') },
    });
    expect(await commerce.call('POST', '/brands', { ...brandOf(code), zone: 'Asia/Tokyo' })).toMatchObject({
      status: 409,
      body: { code: 'brand_fixed' },
    });
    expect(
      await commerce.call('POST', '/brands', {
        ...brandOf(code),
        name: '桂花',
        channels: [...brandOf(code).channels, { code: 'tmall', domain: 'public', name: 'Tmall' }],
      }),
    ).toMatchObject({ status: 200, body: { name: '桂花' } });
    expect(await brand.send('orders', order('2', { channel: 'tmall' }))).toMatchObject({ accepted: 1 });
    expect(await commerce.call('POST', '/brands', { ...brandOf(code), channels: brandOf(code).channels.slice(1) })).toMatchObject({
      status: 409,
      body: { code: 'channel_in_use', detail: expect.stringContaining('till') },
    });
  });

  it('refuses bad brands with the field', async () => {
    const bad: [Record<string, unknown>, string][] = [
      [{ zone: 'Mars/Olympus' }, 'zone'],
      [{ currency: 'XXX' }, 'currency'],
      [{ currency: 'yen' }, 'currency'],
      [{ code: 'No Good' }, 'code'],
      [{ channels: [] }, 'channels'],
      [{ channels: [brandOf('x').channels[0], brandOf('x').channels[0]] }, 'channels[1].code'],
    ];
    for (const [change, field] of bad)
      expect(await commerce.call('POST', '/brands', { ...brandOf('bad'), ...change })).toMatchObject({
        status: 400,
        body: { errors: [{ field }] },
      });
    const token = await commerce.operators.token({ permissions: everything, brands: [brand.brandId] });
    expect((await commerce.call('POST', '/brands', brandOf('not-mine'), { token })).status).toBe(403);
    expect((await commerce.call('GET', '/brands', undefined, { token })).body.total).toBe(1);
    expect((await commerce.call('GET', `/brands/${namedId('nothing')}`)).status).toBe(404);
    expect((await commerce.call('POST', `/brands/${namedId('nothing')}/orders/batch`, { items: [order('1')] })).status).toBe(404);
  });

  it('keeps the cost history of a product and never overwrites it', async () => {
    const tea = { sku: 'tea', name: 'Tea' };
    expect(
      await brand.send(
        'products',
        { ...tea, unitCostMinor: 5 },
        { ...tea, unitCostMinor: 6, costFrom: '2026-03-01' },
        { ...tea, unitCostMinor: 6, costFrom: '2026-03-01' },
        tea,
      ),
    ).toMatchObject({ accepted: 2, unchanged: 2 });
    const result = await brand.send(
      'products',
      { ...tea, unitCostMinor: 7 },
      { ...tea, unitCostMinor: 7, costFrom: '2026-03-01' },
      { ...tea, costFrom: '2026-03-05' },
      { ...tea, unitCostMinor: 1, costFrom: '2026-02-30' },
      { ...tea, name: 'Green tea' },
    );
    expect(result.rejected.map(({ errors }) => errors[0]?.code)).toEqual(['cost_changed', 'cost_changed', 'cost_required', 'no_such_date']);
    expect(result.accepted).toBe(1);
    expect((await brand.call('GET', '/products')).body.data).toMatchObject([
      {
        sku: 'tea',
        name: 'Green tea',
        category: null,
        costs: [
          { from: '2026-03-01', unitCostMinor: 6 },
          { from: '0001-01-01', unitCostMinor: 5 },
        ],
      },
    ]);
    const audited: Loose[] = await commerce.database.read((tx) =>
      tx.query("SELECT actor_id, after_value FROM audit_log WHERE action = 'product.costed' AND brand_id = ? ORDER BY at, id", [
        idIn(brand.brandId),
      ]),
    );
    expect(audited.map((row) => [row.actor_id === '', JSON.parse(row.after_value)])).toEqual([
      [false, { costFrom: '0001-01-01', unitCostMinor: 5 }],
      [false, { costFrom: '2026-03-01', unitCostMinor: 6 }],
    ]);
    expect(await commerce.published('commerce.product-costed.v1', brand.brandId)).toEqual([
      { brandId: brand.brandId, sku: 'tea', costFrom: '0001-01-01', unitCostMinor: 5 },
      { brandId: brand.brandId, sku: 'tea', costFrom: '2026-03-01', unitCostMinor: 6 },
    ]);
  });

  it('records expenses once and refuses to change them', async () => {
    const expense = {
      externalId: 'e1',
      occurredAt: '2026-03-31 23:59:59',
      class: 'paid_media',
      purpose: 'acquisition',
      amountMinor: 5000,
      touchpoint: 'feed',
    };
    expect(
      await brand.send(
        'expenses',
        expense,
        expense,
        { ...expense, amountMinor: 4000 },
        { ...expense, externalId: 'e2', amountMinor: -1000, channel: 'mini' },
      ),
    ).toMatchObject({ accepted: 2, unchanged: 1, rejected: [{ index: 2, errors: [{ code: 'expense_changed' }] }] });
    expect(await brand.published('commerce.expense-recorded.v1')).toMatchObject([
      { class: 'paid_media', businessDate: '2026-03-31', period: '2026-03', amountMinor: 5000, channel: null, touchpoint: 'feed' },
      { amountMinor: -1000, channel: 'mini' },
    ]);
    expect(
      (
        await brand.send(
          'expenses',
          { ...expense, externalId: 'e3', class: 'commission' },
          { ...expense, externalId: 'e4', channel: 'nowhere' },
          { ...expense, externalId: 'e5', currency: 'USD' },
        )
      ).rejected.map(({ errors }) => errors[0]?.field),
    ).toEqual(['class', 'channel', 'currency']);
    expect((await brand.call('GET', '/expenses?from=2026-03-31&purpose=acquisition')).body.total).toBe(2);
  });
});
