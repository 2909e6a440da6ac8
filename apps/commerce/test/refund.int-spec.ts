import { databases } from '@concentric/testing';
import fc from 'fast-check';
import { RefundWait } from '../src/refund/refund-wait.service';
import { Commerce, order, refund, type TestBrand, type Loose } from './commerce.fixture';

const threeLines = [
  { sku: 'tea', netMinor: 1000 },
  { sku: 'cup', netMinor: 333 },
  { sku: 'tea', netMinor: 667 },
];
const buyer = { type: 'phone', value: '13800000001' };

describe.each(databases())('refunds on $name', (db) => {
  let commerce: Commerce;
  let brand: TestBrand;

  beforeAll(async () => {
    commerce = await Commerce.start(db);
  });
  afterAll(() => commerce?.stop());
  beforeEach(async () => {
    brand = await commerce.brand();
  });
  const lines = async () => (await brand.refunded()).map((event) => event.lines.map((line: Loose) => [line.lineNo, line.amountMinor]));

  it('takes named lines, on the date of the refund', async () => {
    await brand.send('orders', order('1', { lines: threeLines }));
    expect(
      await brand.send(
        'refunds',
        refund('r1', {
          orderExternalId: '1',
          lines: [
            { lineNo: 3, amountMinor: 600 },
            { lineNo: 1, amountMinor: 1 },
            { lineNo: 3, amountMinor: 67 },
          ],
          occurredAt: '2026-04-01 00:30:00',
          reason: 'broken',
        }),
      ),
    ).toMatchObject({ accepted: 1 });
    const [event] = await brand.refunded();
    expect(event).toMatchObject({
      channel: 'till',
      occurredAt: '2026-03-31T16:30:00.000Z',
      businessDate: '2026-04-01',
      period: '2026-04',
      currency: 'CNY',
      reason: 'broken',
    });
    expect(event.lines).toEqual([
      { lineNo: 1, amountMinor: 1 },
      { lineNo: 3, amountMinor: 667 },
    ]);
    expect(event.orderId).toBe((await brand.paid())[0].orderId);
    const shown = await brand.order('1');
    expect(shown.refundedMinor).toBe(668);
    expect(shown.lines.map((line: Loose) => line.refundedMinor)).toEqual([1, 0, 667]);
    expect(shown.refunds).toMatchObject([{ externalId: 'r1', state: 'applied', refundedMinor: 668, lines: event.lines }]);
  });

  it('spreads an amount over what is left of the lines, and takes the whole rest exactly', async () => {
    await brand.send('orders', order('1', { lines: threeLines }));
    await brand.send(
      'refunds',
      refund('r1', { orderExternalId: '1', lines: [{ lineNo: 1, amountMinor: 1000 }] }),
      refund('r2', { orderExternalId: '1', amountMinor: 500 }),
      refund('r3', { orderExternalId: '1' }),
    );
    const spread = await lines();
    expect(spread[0]).toEqual([[1, 1000]]);
    expect(spread[1].map(([lineNo]: number[]) => lineNo)).toEqual([2, 3]);
    expect(spread[1].reduce((sum: number, [, amount]: number[]) => sum + (amount ?? 0), 0)).toBe(500);
    expect((await brand.order('1')).lines.map((line: Loose) => line.refundedMinor)).toEqual([1000, 333, 667]);
  });

  it('refuses more than is left and says how much that is', async () => {
    await brand.send('orders', order('1', { lines: threeLines }));
    const result = await brand.send(
      'refunds',
      refund('r1', { orderExternalId: '1', amountMinor: 1500 }),
      refund('r2', { orderExternalId: '1', amountMinor: 501 }),
      refund('r3', { orderExternalId: '1', lines: [{ lineNo: 1, amountMinor: 1000 }] }),
      refund('r4', { orderExternalId: '1', lines: [{ lineNo: 7, amountMinor: 1 }] }),
      refund('r5', { orderExternalId: '1' }),
      refund('r6', { orderExternalId: '1' }),
    );
    expect(result.accepted).toBe(2);
    expect(result.rejected.map(({ index, errors }) => [index, errors[0]?.field, errors[0]?.code])).toEqual([
      [1, 'amountMinor', 'refund_exceeds'],
      [2, 'lines[0].amountMinor', 'refund_exceeds'],
      [3, 'lines[0].lineNo', 'line_unknown'],
      [5, 'amountMinor', 'refund_exceeds'],
    ]);
    expect(result.rejected[0]?.errors[0]?.message).toContain('500');
    expect((await brand.order('1')).refundedMinor).toBe(2000);
    expect(
      await brand.call('POST', '/refunds', refund('r7', { orderExternalId: '1' }), { headers: { 'idempotency-key': 'r7' } }),
    ).toMatchObject({ status: 409, body: { code: 'refund_exceeds' } });
  });

  it('inv 13: is known by channel and number: the same again is unchanged, another content refused', async () => {
    await brand.send('orders', order('1'));
    const first = refund('r1', { orderExternalId: '1', amountMinor: 100 });
    const result = await brand.send(
      'refunds',
      first,
      first,
      { ...first, reason: 'reworded' },
      { ...first, amountMinor: 101 },
      { ...first, channel: 'mini' },
    );
    expect(result).toMatchObject({ accepted: 2, unchanged: 2, rejected: [{ index: 3, errors: [{ code: 'refund_changed' }] }] });
    expect(await brand.send('refunds', first)).toMatchObject({ unchanged: 1 });
    expect(await brand.refunded()).toHaveLength(1);
  });

  it('inv 17: waits for its order and is applied when that lands, in order of occurrence', async () => {
    const sent = await brand.send(
      'refunds',
      refund('late', { orderExternalId: '1', occurredAt: '2026-03-09 00:00:00' }),
      refund('early', { orderExternalId: '1', occurredAt: '2026-03-08 00:00:00', amountMinor: 400 }),
      refund('more', { orderExternalId: '1', occurredAt: '2026-03-10 00:00:00', amountMinor: 1 }),
      refund('other channel', { channel: 'mini', orderExternalId: '1' }),
    );
    expect(sent).toMatchObject({ accepted: 4, rejected: [] });
    expect((await brand.call('GET', '/refunds?state=waiting')).body.total).toBe(4);
    expect(await brand.refunded()).toEqual([]);
    await brand.send('orders', order('1', { lines: threeLines }));
    const events = await brand.refunded();
    expect(events.map((event) => event.occurredAt)).toEqual(['2026-03-07T16:00:00.000Z', '2026-03-08T16:00:00.000Z']);
    expect((await brand.order('1')).refundedMinor).toBe(2000);
    expect(await brand.refund('more')).toMatchObject({ state: 'held', holdReason: 'refund_exceeds', refundedMinor: 0 });
    expect(await brand.refund('other channel')).toMatchObject({ state: 'waiting' });
    expect(await brand.send('refunds', refund('late', { orderExternalId: '1', occurredAt: '2026-03-09 00:00:00' }))).toMatchObject({
      unchanged: 1,
    });
  });

  it('inv 17: is counted as overdue once it has waited longer than REFUND_WAIT_HOURS', async () => {
    const wait = commerce.service.app.get(RefundWait, { strict: false });
    await brand.send('refunds', refund('r1', { orderExternalId: '1' }));
    commerce.clock.set(commerce.clock.now() + 73 * 3_600_000);
    const overdue = await wait.overdue();
    await brand.send('refunds', refund('r2', { orderExternalId: '2' }));
    expect(await wait.overdue()).toBe(overdue);
    await brand.send('orders', order('1'));
    expect(await wait.overdue()).toBe(overdue - 1);
  });

  it('inv 17: waits for an order that is not paid yet', async () => {
    await brand.send('orders', order('1', { status: 'created' }));
    await brand.send('refunds', refund('r1', { orderExternalId: '1', amountMinor: 10 }));
    expect(await brand.refund('r1')).toMatchObject({ state: 'waiting' });
    await brand.send('orders', order('1', { status: 'paid' }));
    expect(await brand.refund('r1')).toMatchObject({ state: 'applied', refundedMinor: 10 });
    expect(await lines()).toEqual([[[1, 10]]]);
  });

  it('is booked on its own date even when that lies before its order', async () => {
    await brand.send('orders', order('1'));
    await brand.send('refunds', refund('r1', { orderExternalId: '1', occurredAt: '2026-02-27 08:00:00' }));
    expect((await brand.refunded())[0]).toMatchObject({ businessDate: '2026-02-27', period: '2026-02' });
  });

  it('publishes nothing for an order that is cancelled before it is paid, and holds what waited for it', async () => {
    await brand.send('refunds', refund('r1', { orderExternalId: '1' }));
    await brand.send('orders', order('1', { status: 'created' }), order('2', { status: 'cancelled' }));
    await brand.send('orders', order('1', { status: 'cancelled' }));
    expect(await brand.paid()).toEqual([]);
    expect(await brand.refunded()).toEqual([]);
    expect(await brand.refund('r1')).toMatchObject({ state: 'held', holdReason: 'order_cancelled' });
    expect(await brand.send('orders', order('2'))).toMatchObject({ unchanged: 1 });
    expect(await brand.send('refunds', refund('r2', { orderExternalId: '2' }))).toMatchObject({
      rejected: [{ errors: [{ code: 'order_cancelled' }] }],
    });
  });

  it('gives back what is left of a paid order that is cancelled, once, on the date of the cancellation', async () => {
    await brand.send('orders', order('1', { lines: threeLines }), order('2'));
    await brand.send('refunds', refund('r1', { orderExternalId: '1', amountMinor: 500 }), refund('r2', { orderExternalId: '2' }));
    const cancel = order('1', { lines: threeLines, status: 'cancelled', cancelledAt: '2026-05-01 09:00:00' });
    expect(await brand.send('orders', cancel, order('2', { status: 'cancelled' }))).toMatchObject({ accepted: 2 });
    expect(await brand.send('orders', cancel)).toMatchObject({ unchanged: 1 });
    expect(await brand.paid()).toHaveLength(2);
    const events = await brand.refunded();
    expect(events).toHaveLength(3);
    expect(events[2]).toMatchObject({ businessDate: '2026-05-01', period: '2026-05', reason: 'order cancelled' });
    expect(await brand.order('1')).toMatchObject({ status: 'cancelled', refundedMinor: 2000 });
    expect(await brand.refund('cancel:1')).toMatchObject({ state: 'applied', refundedMinor: 1500 });
    expect(await brand.refund('cancel:2')).toBeUndefined();
    expect(await brand.send('refunds', refund('cancel:3', { orderExternalId: '2' }))).toMatchObject({
      rejected: [{ errors: [{ code: 'external_id_reserved' }] }],
    });
  });

  describe('matched by buyer and product', () => {
    const match = (sku = 'tea') => ({ match: { buyer, sku } });

    it('takes from the latest earlier line with enough left, and counts equal lines as two', async () => {
      await brand.send(
        'orders',
        order('old', {
          placedAt: '2026-03-01 08:00:00',
          lines: [
            { sku: 'tea', netMinor: 100 },
            { sku: 'tea', netMinor: 100 },
          ],
        }),
        order('new', { placedAt: '2026-03-02 08:00:00', lines: [{ sku: 'tea', netMinor: 100 }], channel: 'mini' }),
        order('later', { placedAt: '2026-03-20 08:00:00', lines: [{ sku: 'tea', netMinor: 100 }] }),
        order('unpaid', { placedAt: '2026-03-03 08:00:00', status: 'created' }),
        order('somebody else', { placedAt: '2026-03-03 08:00:00', buyer: [{ type: 'phone', value: '13800000002' }] }),
      );
      await brand.send(
        'refunds',
        refund('r1', match()),
        refund('r2', { ...match(), amountMinor: 60 }),
        refund('r3', { ...match(), amountMinor: 60 }),
        refund('r4', match()),
        refund('r5', match()),
      );
      const numbers = new Map((await brand.paid()).map((event) => [event.orderId, event.externalId]));
      expect(
        (await brand.refunded()).map((event) => [
          numbers.get(event.orderId),
          event.channel,
          event.lines[0].lineNo,
          event.lines[0].amountMinor,
        ]),
      ).toEqual([
        ['new', 'till', 1, 100],
        ['old', 'till', 2, 60],
        ['old', 'till', 1, 60],
        ['old', 'till', 2, 40],
        ['old', 'till', 1, 40],
      ]);
    });

    it('is held when there is none, and tried again with each new order of that buyer', async () => {
      expect(await brand.send('refunds', refund('r1', { ...match(), amountMinor: 50 }))).toMatchObject({ accepted: 1 });
      expect(await brand.refund('r1')).toMatchObject({ state: 'held', holdReason: 'no_match' });
      await brand.send(
        'orders',
        order('cup', { lines: [{ sku: 'cup', netMinor: 100 }] }),
        order('after', { placedAt: '2026-03-06 08:00:00', lines: [{ sku: 'tea', netMinor: 100 }] }),
      );
      expect(await brand.refund('r1')).toMatchObject({ state: 'held', holdReason: 'no_match' });
      await brand.send('orders', order('before', { placedAt: '2026-02-01 08:00:00', lines: [{ sku: 'tea', netMinor: 100 }] }));
      expect(await brand.refund('r1')).toMatchObject({ state: 'applied', refundedMinor: 50 });
      expect(await brand.order('before')).toMatchObject({ refundedMinor: 50 });
    });
  });

  it.each<[string, Record<string, unknown>, string, string]>([
    ['nothing to find an order by', {}, 'orderExternalId', 'order_required'],
    ['both ways to find one', { orderExternalId: '1', match: { buyer, sku: 'tea' } }, 'match', 'order_ambiguous'],
    ['lines of an unknown order', { lines: [{ lineNo: 1, amountMinor: 1 }], match: { buyer, sku: 'tea' } }, 'lines', 'lines_without_order'],
    ['an amount of nothing', { orderExternalId: '1', amountMinor: 0 }, 'amountMinor', 'amount_zero'],
    ['lines of nothing', { orderExternalId: '1', lines: [{ lineNo: 1, amountMinor: 0 }] }, 'lines', 'amount_zero'],
    [
      'an amount other than its lines',
      { orderExternalId: '1', amountMinor: 5, lines: [{ lineNo: 1, amountMinor: 4 }] },
      'amountMinor',
      'amount_mismatch',
    ],
    [
      'lines beyond counting',
      {
        orderExternalId: '1',
        lines: [
          { lineNo: 1, amountMinor: Number.MAX_SAFE_INTEGER },
          { lineNo: 1, amountMinor: 1 },
        ],
      },
      'lines',
      'amount_too_large',
    ],
    ['a negative amount', { orderExternalId: '1', amountMinor: -5 }, 'amountMinor', 'too_small'],
    ['an unknown channel', { orderExternalId: '1', channel: 'nowhere' }, 'channel', 'channel_unknown'],
    ['no such date', { orderExternalId: '1', occurredAt: '2026-13-01' }, 'occurredAt', 'no_such_moment'],
  ])('refuses %s', async (_, change, field, code) => {
    const result = await brand.send('refunds', refund('r1', change));
    expect(result.rejected[0]?.errors[0]).toMatchObject({ field, code });
    expect(result.rejected[0]?.errors[0]?.remedy).toBeTruthy();
  });

  it('inv 5, 18: never takes more than an order has, however it is refunded, and ends at exactly all of it', async () => {
    let number = 0;
    const part = fc.oneof(
      fc.record({ amountMinor: fc.integer({ min: 1, max: 1500 }) }),
      fc.record({
        lines: fc.array(fc.record({ lineNo: fc.integer({ min: 1, max: 4 }), amountMinor: fc.integer({ min: 0, max: 700 }) }), {
          minLength: 1,
          maxLength: 4,
        }),
      }),
    );
    const amounts = fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(amounts, fc.array(part, { maxLength: 8 }), fc.boolean(), async (nets, parts, isOrderFirst) => {
        number += 1;
        const id = `P-${number}`;
        const sendOrder = () => brand.send('orders', order(id, { lines: nets.map((netMinor) => ({ sku: 'x', netMinor })) }));
        const refunds = parts.map((one, at) =>
          refund(`${id}-${at}`, { orderExternalId: id, occurredAt: `2026-03-05 10:00:0${at}`, ...one }),
        );
        if (isOrderFirst) await sendOrder();
        if (refunds.length > 0) await brand.send('refunds', ...refunds);
        if (!isOrderFirst) await sendOrder();
        await brand.send('refunds', refund(`${id}-rest`, { orderExternalId: id, occurredAt: '2026-03-06' }));
        const shown = await brand.order(id);
        const taken = nets.map(() => 0);
        for (const one of shown.refunds) for (const line of one.lines) taken[line.lineNo - 1]! += line.amountMinor;
        expect(taken).toEqual(nets);
        expect(shown.refundedMinor).toBe(nets.reduce((a, b) => a + b, 0));
      }),
      { numRuns: 40 },
    );
  });

  it('inv 18, 21: books concurrent refunds of one order one after the other', async () => {
    await brand.send('orders', order('1', { lines: [{ sku: 'tea', netMinor: 100 }] }));
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, at) =>
        brand.call('POST', '/refunds/batch', { items: [refund(`r${at}`, { orderExternalId: '1', amountMinor: 30 })] }),
      ),
    );
    expect(answers.reduce((sum, answer) => sum + answer.body.accepted, 0)).toBe(3);
    expect((await brand.order('1')).refundedMinor).toBe(90);
  });

  it('inv 17: misses no order that is taken in at the same time', async () => {
    await Promise.all(
      Array.from({ length: 10 }, (_, at) => [
        brand.send('orders', order(`x${at}`)),
        brand.send('refunds', refund(`rx${at}`, { orderExternalId: `x${at}`, amountMinor: 1 })),
      ]).flat(),
    );
    expect(await brand.refunded()).toHaveLength(10);
    expect((await brand.call('GET', '/refunds?state=waiting')).body.total).toBe(0);
  });
});
