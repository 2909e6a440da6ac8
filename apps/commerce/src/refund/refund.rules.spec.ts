import fc from 'fast-check';
import { isFaults, leftOf, matchLine, splitRefund, type RefundableLine, type RefundableOrder, type RefundPart } from './refund.rules';

const line = (lineNo: number, netMinor: number, refundedMinor = 0, sku = 'tea'): RefundableLine => ({
  lineNo,
  sku,
  netMinor,
  refundedMinor,
});
const split = (request: { lines?: RefundPart[]; amountMinor?: number }, lines: RefundableLine[]) =>
  splitRefund({ lines: request.lines ?? null, amountMinor: request.amountMinor ?? null }, lines);

describe('splitting a refund', () => {
  it('spreads an amount in proportion to what is left', () => {
    expect(split({ amountMinor: 100 }, [line(1, 300), line(2, 100), line(3, 500, 500)])).toEqual([
      { lineNo: 1, amountMinor: 75 },
      { lineNo: 2, amountMinor: 25 },
    ]);
  });

  it('takes the whole rest when nothing is named', () => {
    expect(split({}, [line(1, 300, 299), line(2, 100), line(3, 5, 5)])).toEqual([
      { lineNo: 1, amountMinor: 1 },
      { lineNo: 2, amountMinor: 100 },
    ]);
  });

  it('leaves out named lines of nothing', () => {
    expect(
      split(
        {
          lines: [
            { lineNo: 1, amountMinor: 0 },
            { lineNo: 2, amountMinor: 1 },
          ],
        },
        [line(1, 10), line(2, 10)],
      ),
    ).toEqual([{ lineNo: 2, amountMinor: 1 }]);
  });

  it.each<[string, Parameters<typeof split>[0], RefundableLine[], string]>([
    ['more than is left of the order', { amountMinor: 11 }, [line(1, 10)], 'refund_exceeds'],
    ['anything of an order of nothing', {}, [line(1, 0)], 'refund_exceeds'],
    ['more than is left of a line', { lines: [{ lineNo: 1, amountMinor: 6 }] }, [line(1, 10, 5), line(2, 10)], 'refund_exceeds'],
    ['a line that is not there', { lines: [{ lineNo: 3, amountMinor: 1 }] }, [line(1, 10)], 'line_unknown'],
  ])('refuses %s', (_, request, lines, code) => {
    expect(split(request, lines)).toMatchObject([{ code }]);
  });

  it('stays within every line and sums to the amount, for any sequence of amounts', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1e9 }), { minLength: 1, maxLength: 12 }),
        fc.array(fc.integer({ min: 1, max: 4e8 }), { maxLength: 12 }),
        (nets, amounts) => {
          const lines = nets.map((net, at) => line(at + 1, net));
          for (const amountMinor of [...amounts, null]) {
            const before = leftOf(lines);
            const parts = splitRefund({ lines: null, amountMinor }, lines);
            if (isFaults(parts)) {
              expect(before === 0 || (amountMinor ?? 0) > before).toBe(true);
              continue;
            }
            for (const part of parts) {
              const taken = lines[part.lineNo - 1]!;
              taken.refundedMinor += part.amountMinor;
              expect(part.amountMinor).toBeGreaterThan(0);
              expect(taken.refundedMinor).toBeLessThanOrEqual(taken.netMinor);
            }
            expect(before - leftOf(lines)).toBe(amountMinor ?? before);
          }
          expect(leftOf(lines)).toBe(0);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('matching a refund', () => {
  const order = (externalId: string, placedAt: number, lines: RefundableLine[], paidAt: number | null = placedAt): RefundableOrder => ({
    orderId: externalId,
    channel: 'till',
    externalId,
    status: 'paid',
    placedAt,
    paidAt,
    refundedMinor: 0,
    lines,
  });
  const found = (amountMinor: number | null, ...orders: RefundableOrder[]) => {
    const match = matchLine({ occurredAt: 100, amountMinor, match: { index: 'i', sku: 'tea' } }, orders);
    return match && [match.order.externalId, match.line.lineNo];
  };

  it('finds the latest earlier line of the product, by time, then number, then position', () => {
    expect(found(null, order('a', 10, [line(1, 5)]), order('b', 20, [line(1, 5)]))).toEqual(['b', 1]);
    expect(found(null, order('b', 10, [line(1, 5)]), order('a', 10, [line(1, 5)]))).toEqual(['b', 1]);
    expect(found(null, order('a', 10, [line(1, 5), line(2, 5), line(3, 5, 0, 'cup')]))).toEqual(['a', 2]);
    expect(found(null, order('a', 100, [line(1, 5)]))).toEqual(['a', 1]);
  });

  it('passes over later and unpaid orders, and over lines without enough left', () => {
    expect(found(null, order('a', 101, [line(1, 5)]))).toBeNull();
    expect(found(null, order('a', 10, [line(1, 5)], null))).toBeNull();
    expect(found(null, order('a', 10, [line(1, 5, 5)]))).toBeNull();
    expect(found(4, order('a', 10, [line(1, 5)]), order('b', 20, [line(1, 5, 2)]))).toEqual(['a', 1]);
    expect(found(6, order('a', 10, [line(1, 5)]))).toBeNull();
  });
});
