import { allocate, prorate } from './allocation';
import { MoneyRangeError } from './money.errors';

const MAX = Number.MAX_SAFE_INTEGER;

describe('allocation', () => {
  it.each([
    [100, [1, 1, 1], [34, 33, 33]],
    [-100, [1, 1, 1], [-34, -33, -33]],
    [2, [1, 1, 1], [1, 1, 0]],
    // The last part lost most to its floor: it gets the spare unit, not the first in the list.
    [10, [12, 12, 76], [1, 1, 8]],
    [10, [14, 14, 72], [2, 1, 7]],
    [5, [50, 45, 5], [3, 2, 0]],
    [100, [0, 1, 0], [0, 100, 0]],
    [0, [3, 4], [0, 0]],
    [0, [], []],
    [0, [0, 0], [0, 0]],
    [MAX, [MAX, MAX], [4503599627370496, 4503599627370495]],
    [MAX, [MAX, 1, 0], [MAX - 1, 1, 0]],
  ])('inv 4: splits %p by %p into %p', (total, weights, parts) => {
    expect(allocate(total, weights)).toEqual(parts);
  });

  it('inv 4: a tie goes by the order the caller passes', () => {
    expect(allocate(100, [1, 1, 1], [3, 1, 2])).toEqual([33, 34, 33]);
    expect(allocate(101, [1, 1, 1], [3, 1, 2])).toEqual([33, 34, 34]);
  });

  it.each([
    ['a pool nobody may take', 1, [0, 0], undefined],
    ['a pool for nobody', 1, [], undefined],
    ['a negative weight', 1, [2, -1], undefined],
    ['a broken weight', 1, [0.5], undefined],
    ['a repeated rank', 1, [1, 1], [1, 1]],
    ['a missing rank', 1, [1, 1], [1]],
    ['a rank that orders nothing', 1, [1, 1], [1, NaN]],
  ])('refuses %s', (_, total, weights, ranks) => {
    expect(() => allocate(total, weights, ranks)).toThrow(MoneyRangeError);
  });

  it.each([
    [1000, [3333, 3333, 3334], [333, 333, 334]],
    [100, [100], [100]],
    [0, [0, 0], [0, 0]],
    [1, [5000, 5000], [1, 0]],
    [-10, [30, 70], [-3, -7]],
  ])('inv 5: prorates a discount of %p over %p as %p', (discount, amounts, parts) => {
    expect(prorate(discount, amounts)).toEqual(parts);
  });

  it('inv 5: refuses a discount larger than the items and an item below zero', () => {
    for (const discount of [101, -101]) expect(() => prorate(discount, [100])).toThrow(/^discount: /);
    expect(() => prorate(1, [100, -1])).toThrow(MoneyRangeError);
  });
});
