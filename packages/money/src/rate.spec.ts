import { budgetOf, fitsBudget, perPiece } from './budget';
import { MoneyRangeError } from './money.errors';
import { rateText, ratioPpm, shareOf, toPpm } from './rate';

const MAX = Number.MAX_SAFE_INTEGER;

describe('rates', () => {
  it.each([
    [0, 30_000, 0],
    [5890, 0, 0],
    [5890, 30_000, 176],
    [-5890, 30_000, -176],
    [33, 30_000, 0],
    [-33, 30_000, 0],
    [34, 30_000, 1],
    [5890, 1_000_000, 5890],
    [100, 1_500_000, 150],
    [MAX, 1_000_000, MAX],
    [-MAX, 1_000_000, -MAX],
    [MAX, 999_999, 9007190247541736],
    [1, 999_999, 0],
    // In floats this is a cent short: floor(100 * 0.29) = 28.
    [100, 290_000, 29],
  ])('inv 3: the share of %p at %p ppm is %p', (base, ppm, share) => {
    expect(shareOf(base, ppm)).toBe(share);
  });

  it('inv 2: refuses a rate that is not a whole, non-negative number of ppm, and a base that is not whole', () => {
    expect([toPpm('30000'), toPpm(0)]).toEqual([30_000, 0]);
    for (const bad of [-1, 0.5, NaN, '3%', '0.03']) expect(() => toPpm(bad)).toThrow(MoneyRangeError);
    expect(() => shareOf(100, 0.03)).toThrow(/^rate: /);
    expect(() => shareOf(100, -1)).toThrow(/^rate: /);
    expect(() => shareOf(1.5, 1)).toThrow(/^base: /);
    expect(() => shareOf(MAX, 1_000_001)).toThrow(/^share: /);
  });

  it.each([
    [1, 3, 333_333],
    [-1, 3, -333_333],
    [1, -3, -333_333],
    [-1, -3, 333_333],
    [0, -5, 0],
    [5, 5, 1_000_000],
    [3, 2, 1_500_000],
    [MAX, MAX, 1_000_000],
  ])('inv 3: the ratio of %p to %p is %p ppm', (above, below, ppm) => {
    expect(ratioPpm(above, below)).toBe(ppm);
  });

  it('refuses a ratio to nothing', () => {
    expect(() => ratioPpm(1, 0)).toThrow(/^denominator: /);
  });

  it.each([
    [0, '0%'],
    [1, '0.0001%'],
    [30_000, '3%'],
    [25_500, '2.55%'],
    [1_000_000, '100%'],
    [1_500_000, '150%'],
    [-333_333, '-33.3333%'],
  ])('writes %p ppm as %s', (ppm, text) => {
    expect(rateText(ppm)).toBe(text);
  });

  it.each([
    [10_000, 100_000, undefined, 1000],
    [10_000, 100_000, 700, 700],
    [10_000, 100_000, 5000, 1000],
    [10_000, 100_000, -50, 0],
    [0, 100_000, 50, 0],
  ])('inv 6: base %p at a budget of %p ppm with margin %p allows %p', (base, ppm, margin, allowed) => {
    expect(budgetOf(base, ppm, margin)).toBe(allowed);
    expect(fitsBudget([allowed], allowed)).toBe(true);
    expect(fitsBudget([allowed, 1], allowed)).toBe(false);
  });

  it.each([
    [30, 3, 90],
    [0, 1_000_000, 0],
    [MAX, 1, MAX],
    [MAX, 2, MAX],
  ])('inv 1: %p per piece for %p pieces comes to %p', (amount, pieces, expected) => {
    expect(perPiece(amount, pieces)).toBe(expected);
  });

  it('inv 6: shares beyond every range fit no budget', () => {
    expect(fitsBudget([MAX, MAX], MAX)).toBe(false);
  });
});
