import { join } from 'node:path';
import { Database, readConstraints, schemaDrift } from '@concentric/service-kit';
import { databases, expectOpenApiUnchanged, routesOfNarrowScopes } from '@concentric/testing';
import { Commerce, order, refund } from './commerce.fixture';

describe.each(databases())('the schema on $name', (db) => {
  let commerce: Commerce;

  beforeAll(async () => {
    commerce = await Commerce.start(db);
  });
  afterAll(() => commerce?.stop());

  it('is what the entities say', async () => {
    expect(await schemaDrift(commerce.service.app.get(Database).source)).toEqual([]);
  });

  it('has every constraint that money rests on', async () => {
    const names = (await readConstraints(commerce.service.app.get(Database).source)).map((constraint) => constraint.name);
    for (const name of [
      'order_external',
      'refund_external',
      'expense_external',
      'order_refunded_within',
      'order_line_refunded_within',
      'refund_applied_to_order',
      'refund_line_positive',
    ])
      expect(names).toContain(name);
  });

  it.each([
    'UPDATE refund_line SET amount_minor = 1',
    'DELETE FROM refund_line',
    'UPDATE expense SET amount_minor = 1',
    'DELETE FROM product_cost',
    'UPDATE order_line SET refunded_minor = net_minor + 1',
    'UPDATE order_header SET refunded_minor = -1',
  ])('inv 18, 23: refuses %s', async (sql) => {
    const brand = await commerce.brand();
    await brand.send('products', { sku: 'tea', name: 'Tea', unitCostMinor: 1 });
    await brand.send('expenses', { externalId: 'e', occurredAt: '2026-01-01', class: 'tools', purpose: 'general', amountMinor: 7 });
    await brand.send('orders', order('1'));
    await brand.send('refunds', refund('r', { orderExternalId: '1', amountMinor: 5 }));
    await expect(commerce.database.transaction((tx) => tx.query(sql))).rejects.toThrow();
  });

  it('counts a day from an index alone', async () => {
    if (db.dialect !== 'sqlite') return;
    const plan: { detail: string }[] = await commerce.database.read((tx) =>
      tx.query(
        "EXPLAIN QUERY PLAN SELECT COUNT(*), SUM(net_minor) FROM order_header WHERE brand_id = x'00' AND channel = 'c' AND business_date IN ('d') AND paid_at IS NOT NULL GROUP BY business_date",
      ),
    );
    expect(plan.map((step) => step.detail).join()).toContain('COVERING INDEX order_by_day');
  });

  it('serves what its OpenAPI document says', () => {
    expectOpenApiUnchanged(commerce.service.app, join(__dirname, '..', 'openapi.json'));
  });

  it('shows who does not see the whole brand its own orders and refunds, and refuses everything else', async () => {
    const brand = await commerce.brand();
    await brand.send('orders', order('1'));
    await brand.send('refunds', refund('r', { orderExternalId: '1', amountMinor: 5 }));
    const { orderId } = await brand.order('1');
    expect(await routesOfNarrowScopes(commerce.service.app, commerce.operators, { brandId: brand.brandId, orderId })).toEqual({
      narrowed: ['GET /brands/{brandId}/orders', 'GET /brands/{brandId}/orders/{orderId}', 'GET /brands/{brandId}/refunds'],
      'no-rows': ['GET /brands', 'GET /brands/{brandId}'],
    });
  });
});
