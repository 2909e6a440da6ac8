import { partnerName } from '@concentric/contracts';
import { idIn, insertRows, namedId, type Operator } from '@concentric/service-kit';
import { databases } from '@concentric/testing';
import { Commerce, order, refund, type TestBrand, type Loose } from './commerce.fixture';

describe.each(databases())('orders on $name', (db) => {
  let commerce: Commerce;
  let brand: TestBrand;

  beforeAll(async () => {
    commerce = await Commerce.start(db);
  });
  afterAll(() => commerce?.stop());
  beforeEach(async () => {
    brand = await commerce.brand();
  });

  it('inv 27: computes business date and period once, in the zone of the brand', async () => {
    await brand.send(
      'orders',
      order('1', { placedAt: '2026-01-31T16:00:00Z' }),
      order('2', { placedAt: '2026-01-31T15:59:59.999Z' }),
      order('3', { placedAt: '2026-02-01 00:00:00' }),
    );
    const dates = (await brand.paid()).map((event) => [event.externalId, event.occurredAt, event.businessDate, event.period]);
    expect(dates).toEqual([
      ['1', '2026-01-31T16:00:00.000Z', '2026-02-01', '2026-02'],
      ['2', '2026-01-31T15:59:59.999Z', '2026-01-31', '2026-01'],
      ['3', '2026-01-31T16:00:00.000Z', '2026-02-01', '2026-02'],
    ]);
  });

  it('publishes an order once, when it is first paid or beyond', async () => {
    expect(await brand.send('orders', order('1', { status: 'created' }))).toMatchObject({ accepted: 1 });
    expect(await brand.paid()).toEqual([]);
    await brand.send('orders', order('1', { status: 'shipped', paidAt: '2026-03-01 12:30:00' }));
    await brand.send('orders', order('1', { status: 'completed' }));
    const events = await brand.paid();
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      externalId: '1',
      channel: 'till',
      channelDomain: 'offline',
      paidAt: '2026-03-01T04:30:00.000Z',
      currency: 'CNY',
    });
    expect(events[0].lines).toEqual([
      {
        lineNo: 1,
        sku: 'tea',
        category: null,
        quantity: 1,
        netMinor: 10_000,
        costMinor: null,
        storeCode: 'S1',
        guideCode: 'G1',
        leaderCode: null,
      },
    ]);
    expect((await brand.order('1')).status).toBe('completed');
  });

  it('moves status forward only, and takes repeated exports for what they are', async () => {
    await brand.send('orders', order('1', { status: 'shipped' }));
    expect(await brand.send('orders', order('1', { status: 'paid' }), order('1', { status: 'shipped' }))).toEqual({
      accepted: 0,
      unchanged: 2,
      rejected: [],
    });
    expect(await brand.send('orders', order('1', { status: 'completed' }))).toEqual({ accepted: 1, unchanged: 0, rejected: [] });
    expect((await brand.order('1')).status).toBe('completed');
  });

  it.each([
    ['amount', { lines: [{ sku: 'tea', netMinor: 9_999 }] }],
    [
      'lines',
      {
        lines: [
          { sku: 'tea', netMinor: 10_000 },
          { sku: 'cup', netMinor: 0 },
        ],
      },
    ],
    ['buyer', { buyer: [{ type: 'phone', value: '13800000002' }] }],
    ['time', { placedAt: '2026-03-01 12:00:01' }],
    ['store', { storeCode: 'S2' }],
  ])('inv 13: refuses a known order with another %s', async (_, change) => {
    await brand.send('orders', order('1'));
    const result = await brand.send('orders', order('1', { status: 'completed', ...change }));
    expect(result).toMatchObject({
      accepted: 0,
      unchanged: 0,
      rejected: [{ index: 0, externalId: '1', errors: [{ field: 'externalId', code: 'order_changed' }] }],
    });
    expect(result.rejected[0]?.errors[0]?.remedy).toBeTruthy();
    expect((await brand.order('1')).status).toBe('paid');
  });

  it('recognises the same buyer in another spelling, so that a repeated export is unchanged', async () => {
    await brand.send('orders', order('1'));
    expect(await brand.send('orders', order('1', { buyer: [{ type: 'phone', value: '+86 138-0000-0001' }] }))).toMatchObject({
      unchanged: 1,
      rejected: [],
    });
  });

  it('treats repetitions within a batch as if they came one after the other', async () => {
    const result = await brand.send(
      'orders',
      order('1', { status: 'created' }),
      order('1', { status: 'paid' }),
      order('1', { status: 'created' }),
      order('1', { storeCode: 'S9' }),
      order('1', { status: 'cancelled', cancelledAt: '2026-03-02 00:00:00' }),
    );
    expect(result).toMatchObject({ accepted: 3, unchanged: 1, rejected: [{ index: 3, errors: [{ code: 'order_changed' }] }] });
    expect(await brand.paid()).toHaveLength(1);
    expect(await brand.refunded()).toHaveLength(1);
  });

  it('keeps the same number of two channels apart', async () => {
    expect(await brand.send('orders', order('1'), order('1', { channel: 'mini' }))).toMatchObject({ accepted: 2 });
    expect((await brand.paid()).map((event) => event.channelDomain)).toEqual(['offline', 'private']);
  });

  it('lets no plain identity into the event or the database', async () => {
    await brand.send(
      'orders',
      order('1', {
        buyer: [
          { type: 'phone', value: '13912345678' },
          { type: 'email', value: 'someone@example.com' },
        ],
      }),
    );
    const rows: { body: string }[] = await commerce.database.read((tx) =>
      tx.query('SELECT body FROM outbox UNION ALL SELECT buyer FROM order_header WHERE buyer IS NOT NULL'),
    );
    expect(JSON.stringify(rows)).not.toMatch(/13912345678|someone@example/);
    expect(
      (await brand.paid())[0].buyer.map((identity: { type: string; index: string }) => [identity.type, identity.index.length]),
    ).toEqual([
      ['phone', 64],
      ['email', 64],
    ]);
    expect((await brand.order('1')).buyer).toEqual([{ type: 'phone' }, { type: 'email' }]);
  });

  it('inv 7: freezes category and cost from the product as of the business date', async () => {
    await brand.send(
      'products',
      { sku: 'tea', name: 'Tea', category: 'drinks', unitCostMinor: 300 },
      { sku: 'tea', name: 'Tea', category: 'drinks', unitCostMinor: 400, costFrom: '2026-03-02' },
    );
    const lines = [
      { sku: 'tea', quantity: 2, netMinor: 1000 },
      { sku: 'tea', netMinor: 500, costMinor: 7, category: 'gifts' },
      { sku: 'unknown', netMinor: 1 },
    ];
    await brand.send('orders', order('1', { lines }), order('2', { lines, placedAt: '2026-03-02 00:00:00' }));
    await brand.send('products', { sku: 'tea', name: 'Tea', category: 'other' });
    expect(await brand.send('orders', order('1', { lines, status: 'completed' }))).toMatchObject({ accepted: 1 });
    const [first, second] = await brand.paid();
    expect(first.lines.map((line: Loose) => [line.lineNo, line.category, line.costMinor])).toEqual([
      [1, 'drinks', 600],
      [2, 'gifts', 7],
      [3, null, null],
    ]);
    expect(second.lines[0].costMinor).toBe(800);
  });

  it('refuses bad rows with field, code and remedy, and takes the others of the batch', async () => {
    const bad: [unknown, string, string][] = [
      [order('b1', { channel: 'nowhere' }), 'channel', 'channel_unknown'],
      [order('b2', { currency: 'USD' }), 'currency', 'currency_mismatch'],
      [order('b3', { placedAt: '2026-02-30 12:00:00' }), 'placedAt', 'no_such_moment'],
      [order('b4', { placedAt: '9999-12-31 23:00:00' }), 'placedAt', 'no_such_moment'],
      [
        order('b5', {
          lines: [
            { lineNo: 2, sku: 'a', netMinor: 1 },
            { sku: 'b', netMinor: 1 },
          ],
        }),
        'lines[1].lineNo',
        'line_repeated',
      ],
      [
        order('b6', {
          lines: [
            { sku: 'a', netMinor: Number.MAX_SAFE_INTEGER },
            { sku: 'b', netMinor: 1 },
          ],
        }),
        'lines',
        'amount_too_large',
      ],
      [order('b7', { lines: [{ sku: 'a', netMinor: 0.5 }] }), 'lines[0].netMinor', 'invalid_type'],
      [order('b8', { lines: [] }), 'lines', 'too_small'],
      [order('b9', { status: 'lost' }), 'status', 'invalid_value'],
      [{ ...order('b10'), discount: 1 }, 'discount', 'unrecognized_keys'],
      ['not an order', '', 'invalid_type'],
      [null, '', 'invalid_type'],
      [order('', {}), 'externalId', 'too_small'],
      [order('b11', { paidAt: 'yesterday' }), 'paidAt', 'invalid_format'],
      [order('b12', { lines: [{ sku: 'dear', quantity: 1_000_000, netMinor: 1 }] }), 'lines[0].quantity', 'amount_too_large'],
    ];
    await brand.send('products', { sku: 'dear', name: 'Dear', unitCostMinor: Number.MAX_SAFE_INTEGER });
    const result = await brand.send('orders', ...bad.map(([item]) => item), order('good'));
    expect(result.accepted).toBe(1);
    expect(result.rejected.map(({ index, errors }) => [index, errors[0]?.field, errors[0]?.code])).toEqual(
      bad.map(([, field, code], index) => [index, field, code]),
    );
    expect(result.rejected.flatMap(({ errors }) => errors).filter((error) => !error.remedy)).toEqual([]);
  });

  it('refuses a batch that is none with 400 or 413, never 500', async () => {
    for (const body of [{}, { items: [] }, { items: Array(501).fill(order('1')) }, { items: 'x' }, []])
      expect((await brand.call('POST', '/orders/batch', body)).status).toBe(400);
    expect((await brand.call('POST', '/orders/batch', '{"items":[')).status).toBe(415);
    expect((await brand.call('POST', '/orders/batch', '{"items":[', { headers: { 'content-type': 'application/json' } })).status).toBe(400);
    expect((await brand.call('POST', '/orders/batch', { items: [order('1', { storeCode: 'a\u0000b' })] })).status).toBe(400);
    expect((await brand.call('GET', '/orders?sort=nothing')).status).toBe(400);
    expect((await brand.call('GET', '/orders?cursor=zzz')).status).toBe(400);
    expect((await brand.call('GET', '/orders/not-an-id')).status).toBe(404);
  });

  it('takes one order under an Idempotency-Key: 201, the same answer again, 409 and 400 for what is wrong', async () => {
    const headers = { 'idempotency-key': 'k-1' };
    const first = await brand.call('POST', '/orders', order('1'), { headers });
    expect(first).toMatchObject({ status: 201, body: { status: 'paid', businessDate: '2026-03-01', period: '2026-03' } });
    expect((await brand.call('POST', '/orders', order('1'), { headers })).body).toEqual(first.body);
    expect((await brand.call('POST', '/orders', order('1'), { headers: { 'idempotency-key': 'k-2' } })).status).toBe(200);
    expect((await brand.call('POST', '/orders', order('1', { storeCode: 'S2' }), { headers })).status).toBe(422);
    expect(await brand.call('POST', '/orders', order('1', { storeCode: 'S2' }), { headers: { 'idempotency-key': 'k-3' } })).toMatchObject({
      status: 409,
      body: { code: 'order_changed' },
    });
    expect(
      await brand.call('POST', '/orders', order('2', { channel: 'nowhere' }), { headers: { 'idempotency-key': 'k-4' } }),
    ).toMatchObject({ status: 400, body: { errors: [{ field: 'channel' }] } });
    expect((await brand.call('POST', '/orders', order('2'))).status).toBe(400);
    expect(await brand.paid()).toHaveLength(1);
  });

  it('inv 13: stores each order once when the same batch comes many times at once', async () => {
    const items = Array.from({ length: 40 }, (_, at) => order(`c-${at}`));
    const answers = await Promise.all(Array.from({ length: 6 }, () => brand.call('POST', '/orders/batch', { items })));
    expect(answers.map((answer) => answer.status)).toEqual(Array(6).fill(200));
    expect(answers.reduce((sum, answer) => sum + answer.body.accepted, 0)).toBe(40);
    expect(await brand.paid()).toHaveLength(40);
  });

  it('lists orders page by page, with filters', async () => {
    await brand.send(
      'orders',
      ...Array.from({ length: 30 }, (_, at) =>
        order(`L-${String(at).padStart(2, '0')}`, {
          placedAt: `2026-04-${String((at % 10) + 1).padStart(2, '0')} 08:00:00`,
          channel: at % 2 ? 'mini' : 'till',
        }),
      ),
    );
    const first = await brand.call('GET', '/orders?limit=20&sort=externalId');
    const second = await brand.call('GET', `/orders?limit=20&sort=externalId&cursor=${first.body.pageInfo.nextCursor}`);
    expect([...first.body.data, ...second.body.data].map((row: Loose) => row.externalId)).toEqual(
      Array.from({ length: 30 }, (_, at) => `L-${String(at).padStart(2, '0')}`),
    );
    expect((await brand.call('GET', '/orders?channel=mini&from=2026-04-02&to=2026-04-02')).body.total).toBe(3);
    expect((await brand.call('GET', '/orders?q=L-1')).body.total).toBe(10);
    expect((await brand.call('GET', '/orders?q=l-1')).body.total).toBe(0);
    expect((await brand.call('GET', '/orders?status=created')).body).toMatchObject({ data: [], total: 0 });
  });

  describe('seen by operators of partners', () => {
    const partnerId = (code: string) => namedId(partnerName(brand.brandId, code));

    /** North has the stores N1 and N2, south S1, and east E1, which sells nothing. */
    beforeEach(async () => {
      const at = (partner: string, ancestor: string) => [
        idIn(brand.brandId),
        idIn(partnerId(partner)),
        idIn(partnerId(ancestor)),
        partner === ancestor ? 0 : 1,
        0,
        null,
        1,
      ];
      const stores = { N1: 'north', N2: 'north', S1: 'south', E1: 'east' };
      const paths = Object.entries(stores).flatMap(([store, distributor]) => [at(store, store), at(store, distributor)]);
      await commerce.database.transaction((tx) =>
        insertRows(tx, 'network_path', ['brand_id', 'partner_id', 'ancestor_id', 'depth', 'valid_from', 'valid_to', 'revision'], paths),
      );
    });

    const reader = (scope: Operator['scope']) =>
      commerce.operators.token({ permissions: ['commerce.order.read', 'commerce.refund.read'], scope });
    const readerOf = (code: string) => reader({ kind: 'partner', partnerId: partnerId(code) });
    const rows = async (token: string, path: string) => (await brand.call('GET', path, undefined, { token })).body.data;

    it('shows an order of two stores to the distributor of each, in part, and to no third', async () => {
      await brand.send(
        'orders',
        order('shared', {
          storeCode: 'N1',
          fulfilmentMinor: 700,
          lines: [
            { sku: 'tea', netMinor: 10_000, costMinor: 4_000 },
            { sku: 'cup', netMinor: 3_000, costMinor: 900, storeCode: 'S1', guideCode: 'G2' },
            { sku: 'pot', netMinor: 500, storeCode: 'N2' },
          ],
        }),
      );
      await brand.send(
        'refunds',
        refund('both', {
          orderExternalId: 'shared',
          lines: [
            { lineNo: 1, amountMinor: 1_000 },
            { lineNo: 2, amountMinor: 200 },
          ],
        }),
        refund('south', { orderExternalId: 'shared', lines: [{ lineNo: 2, amountMinor: 30 }] }),
      );
      const { orderId, lines } = await brand.order('shared');
      expect(lines.map((line: Loose) => line.costMinor)).toEqual([4_000, 900, null]);
      const see = async (code: string) => {
        const token = await readerOf(code);
        const { status, body } = await brand.call('GET', `/orders/${orderId}`, undefined, { token });
        return {
          orders: (await rows(token, '/orders')).map((row: Loose) => [
            row.externalId,
            row.storeCode,
            row.guideCode,
            row.netMinor,
            row.refundedMinor,
          ]),
          refunds: (await rows(token, '/refunds?sort=externalId')).map((row: Loose) => [
            row.externalId,
            row.requestedMinor,
            row.refundedMinor,
          ]),
          ...(status === 200 && {
            total: [body.netMinor, body.refundedMinor, body.fulfilmentMinor],
            lines: body.lines.map((line: Loose) => [line.lineNo, line.netMinor, line.refundedMinor, line.costMinor]),
            refundsOfOrder: body.refunds.map((row: Loose) => [row.externalId, row.refundedMinor, row.lines]),
          }),
          status,
        };
      };
      expect(await see('north')).toEqual({
        orders: [['shared', 'N1', 'G1', 10_500, 1_000]],
        refunds: [['both', 1_000, 1_000]],
        total: [10_500, 1_000, null],
        lines: [
          [1, 10_000, 1_000, null],
          [3, 500, 0, null],
        ],
        refundsOfOrder: [['both', 1_000, [{ lineNo: 1, amountMinor: 1_000 }]]],
        status: 200,
      });
      expect(await see('south')).toMatchObject({
        orders: [['shared', 'S1', 'G2', 3_000, 230]],
        refunds: [
          ['both', 200, 200],
          ['south', 30, 30],
        ],
        lines: [[2, 3_000, 230, null]],
        refundsOfOrder: [
          ['both', 200, [{ lineNo: 2, amountMinor: 200 }]],
          ['south', 30, [{ lineNo: 2, amountMinor: 30 }]],
        ],
      });
      expect(await see('N2')).toMatchObject({
        orders: [['shared', 'N2', 'G1', 500, 0]],
        refunds: [],
        lines: [[3, 500, 0, null]],
        refundsOfOrder: [],
      });
      expect(await see('east')).toEqual({ orders: [], refunds: [], status: 404 });
    });

    it('shows nothing of what has no store, waits for its order or is sold elsewhere, and nothing at all without a scope', async () => {
      await brand.send(
        'orders',
        order('none', { storeCode: undefined }),
        order('unknown', { storeCode: 'X1' }),
        order('north', { storeCode: 'N1' }),
      );
      await brand.send('refunds', refund('waits', { orderExternalId: 'later' }), refund('storeless', { orderExternalId: 'none' }));
      expect((await rows(await readerOf('north'), '/orders')).map((row: Loose) => row.externalId)).toEqual(['north']);
      expect(await rows(await readerOf('north'), '/refunds')).toEqual([]);
      expect(await rows(await reader({ kind: 'none' }), '/orders')).toEqual([]);
      expect((await brand.call('GET', '/orders')).body.total).toBe(3);
    });

    it('finds orders by the store of any line, but gives away no store that is not to be seen', async () => {
      await brand.send(
        'orders',
        order('shared', {
          storeCode: 'N1',
          lines: [
            { sku: 'tea', netMinor: 1 },
            { sku: 'cup', netMinor: 2, storeCode: 'S1' },
          ],
        }),
        order('other', { storeCode: 'N2' }),
      );
      const found = async (token: string, store: string) =>
        (await rows(token, `/orders?storeCode=${store}`)).map((row: Loose) => row.externalId);
      expect(await found(commerce.token, 'S1')).toEqual(['shared']);
      expect(await found(await readerOf('north'), 'N1')).toEqual(['shared']);
      expect(await found(await readerOf('north'), 'S1')).toEqual([]);
    });

    it('shows the same where there are very many lines to be seen', async () => {
      const lines = Array.from({ length: 300 }, () => ({ sku: 'tea', netMinor: 1 }));
      await brand.send(
        'orders',
        ...Array.from({ length: 26 }, (_, at) =>
          order(`many-${at}`, { storeCode: 'N1', lines: [{ sku: 'cup', netMinor: 5, storeCode: 'S1' }, ...lines] }),
        ),
        order('few', { storeCode: 'S1' }),
      );
      const { body } = await brand.call('GET', '/orders?limit=500&sort=externalId', undefined, { token: await readerOf('north') });
      expect(body.total).toBe(26);
      expect(body.data[0]).toMatchObject({ externalId: 'many-0', storeCode: 'N1', netMinor: 300 });
      expect(body.data.map((row: Loose) => row.externalId)).not.toContain('few');
    });

    it('cannot be put in order by amounts that are not shown', async () => {
      const token = await readerOf('north');
      for (const path of ['/orders?sort=netMinor', '/refunds?sort=refundedMinor']) {
        expect((await brand.call('GET', path)).status).toBe(200);
        expect(await brand.call('GET', path, undefined, { token })).toMatchObject({
          status: 400,
          body: { errors: [{ field: 'sort', code: 'unknown_sort' }] },
        });
      }
    });
  });

  it('asks for the permission of each route and for the brand', async () => {
    const reader = await commerce.operators.token({ permissions: ['commerce.order.read'] });
    expect((await brand.call('POST', '/orders/batch', { items: [order('1')] }, { token: reader })).status).toBe(403);
    const other = await commerce.operators.token({ permissions: ['commerce.order.read'], brands: [] });
    expect((await brand.call('GET', '/orders', undefined, { token: other })).status).toBe(404);
    expect((await brand.call('GET', '/orders', undefined, { token: 'x' })).status).toBe(401);
  });
});
