import { orderInput } from '@concentric/contracts';
import { BrandCalendar } from '@concentric/service-kit';
import { BrandRules } from '../brand/brand.rules';
import { draftOrder, futureFaults, isPaid, movesForward, type OrderDraft } from './order.rules';

const brand = new BrandRules({
  brandId: 'b',
  currency: 'CNY',
  channels: [{ code: 'till', domain: 'offline', name: 'Till' }],
  calendar: new BrandCalendar('Asia/Shanghai'),
});
const sent = {
  channel: 'till',
  externalId: '1',
  status: 'paid',
  placedAt: '2026-03-01 12:00:00',
  buyer: [{ type: 'phone', value: '138' }],
  storeCode: 'S1',
  lines: [
    { sku: 'a', netMinor: 10 },
    { sku: 'b', netMinor: 20 },
  ],
};
const draft = (change: object = {}) => draftOrder(orderInput.parse({ ...sent, ...change }), brand, (type, value) => `${type}:${value}`);
const sound = (change: object = {}): OrderDraft => {
  const made = draft(change);
  if (Array.isArray(made)) throw new Error(JSON.stringify(made));
  return made;
};

describe('an order as it was sent', () => {
  it.each([
    ['created', 'paid', true],
    ['paid', 'shipped', true],
    ['shipped', 'completed', true],
    ['created', 'completed', true],
    ['completed', 'cancelled', true],
    ['created', 'cancelled', true],
    ['paid', 'paid', false],
    ['completed', 'shipped', false],
    ['cancelled', 'completed', false],
  ] as const)('moves from %s to %s: %s', (from, to, forward) => {
    expect(movesForward(from, to)).toBe(forward);
  });

  it('counts as paid from paid on, and cancelled does not say', () => {
    expect((['created', 'paid', 'shipped', 'completed', 'cancelled'] as const).map(isPaid)).toEqual([false, true, true, true, false]);
  });

  it('numbers lines by position and keeps the numbers that are given', () => {
    expect(sound().lines.map((line) => line.lineNo)).toEqual([1, 2]);
    expect(
      sound({
        lines: [
          { lineNo: 5, sku: 'a', netMinor: 1 },
          { sku: 'b', netMinor: 1 },
        ],
      }).lines.map((line) => [line.lineNo, line.sku]),
    ).toEqual([
      [2, 'b'],
      [5, 'a'],
    ]);
  });

  it('gives lines the store and guide of the order unless they have their own', () => {
    const { lines } = sound({
      guideCode: 'G1',
      lines: [
        { sku: 'a', netMinor: 1, storeCode: 'S2' },
        { sku: 'b', netMinor: 1 },
      ],
    });
    expect(lines.map((line) => [line.storeCode, line.guideCode])).toEqual([
      ['S2', 'G1'],
      ['S1', 'G1'],
    ]);
  });

  it('is never paid before it was placed', () => {
    expect(sound({ paidAt: '2026-03-01' }).paidAt).toBe(sound().placedAt);
  });

  describe('has a frozen part', () => {
    const hash = (change: object = {}) => sound(change).frozenHash.toString('hex');

    it.each<[string, object]>([
      ['status', { status: 'completed' }],
      ['payment', { paidAt: '2026-03-02' }],
      ['cancellation', { cancelledAt: '2026-03-02' }],
      ['fulfilment cost', { fulfilmentMinor: 5 }],
      ['the same instant with an offset', { placedAt: '2026-03-01T04:00:00Z' }],
      ['an identity named twice', { buyer: [...sent.buyer, ...sent.buyer] }],
      [
        'line numbers spelled out',
        {
          lines: [
            { lineNo: 1, sku: 'a', netMinor: 10 },
            { lineNo: 2, sku: 'b', netMinor: 20 },
          ],
        },
      ],
      ['the currency spelled out', { currency: 'CNY' }],
    ])('that does not change with %s', (_, change) => {
      expect(hash(change)).toBe(hash());
    });

    it.each<[string, object]>([
      ['time', { placedAt: '2026-03-01 12:00:00.001' }],
      ['buyer', { buyer: [] }],
      ['store', { storeCode: 'S2' }],
      ['guide', { guideCode: 'G2' }],
      ['leader', { leaderCode: 'L' }],
      ['touchpoint', { touchpoint: 'T' }],
      [
        'amount',
        {
          lines: [
            { sku: 'a', netMinor: 20 },
            { sku: 'b', netMinor: 10 },
          ],
        },
      ],
      [
        'quantity',
        {
          lines: [
            { sku: 'a', netMinor: 10, quantity: 2 },
            { sku: 'b', netMinor: 20 },
          ],
        },
      ],
      ['a line more', { lines: [...sent.lines, { sku: 'c', netMinor: 0 }] }],
    ])('that changes with %s', (_, change) => {
      expect(hash(change)).not.toBe(hash());
    });
  });
});

describe('an order that has not happened yet', () => {
  const now = Date.UTC(2026, 0, 31, 8);

  it('is refused when it lies more than a day ahead, and taken when clocks may merely differ', () => {
    expect(futureFaults(now + 86_400_000, now)).toEqual([]);
    expect(futureFaults(now + 86_400_001, now)).toMatchObject([{ field: 'placedAt', code: 'in_the_future', remedy: expect.any(String) }]);
  });
});
