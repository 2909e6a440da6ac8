import { MoneyRangeError } from './money.errors';
import { cumulativeReversal } from './reversal';

const MAX = Number.MAX_SAFE_INTEGER;

describe('cumulative reversal', () => {
  it.each([
    [176, 5890, 0, 0],
    [176, 5890, 1, 0],
    [176, 5890, 34, 1],
    [176, 5890, 2945, 88],
    [176, 5890, 5889, 175],
    [176, 5890, 5890, 176],
    [-176, -5890, -2945, -88],
    [-176, 5890, 2945, -88],
    [100, 3, 1, 33],
    [100, 3, 2, 66],
    [100, 3, 3, 100],
    [0, 100, 50, 0],
    [MAX, MAX, MAX, MAX],
    [MAX, MAX, MAX - 1, MAX - 1],
    [500, 0, 0, 0],
    // One below a whole multiple, just beyond 53 bits: as a float the product would be that multiple.
    [3002400337776769, 1786801297, 3, 5040963],
  ])('inv 19: of %p earned on %p, a refund of %p in all reverses %p', (earned, base, refunded, reversed) => {
    expect(cumulativeReversal(earned, base, refunded)).toBe(reversed);
  });

  it.each([
    [100, 10, 11],
    [100, 10, -1],
    [100, -10, 1],
    [100, 0, 1],
    [100, -10, -11],
  ])('inv 18: refuses on %p earned and a base of %p refunds of %p', (earned, base, refunded) => {
    expect(() => cumulativeReversal(earned, base, refunded)).toThrow(MoneyRangeError);
  });

  it('inv 19: three refunds of a third each leave nothing, where rounding each alone would leave one cent', () => {
    const totals = [1, 2, 3].map((refunded) => cumulativeReversal(100, 3, refunded));
    expect(totals.map((total, i) => total - (totals[i - 1] ?? 0))).toEqual([33, 33, 34]);
  });
});
