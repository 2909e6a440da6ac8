import { addMinor, MAX_MINOR, negMinor, subMinor, sumMinor, toMinor } from './minor';
import { MoneyRangeError } from './money.errors';

describe('minor units', () => {
  it.each([
    ['0', 0],
    ['-0', 0],
    ['+7', 7],
    ['-1250', -1250],
    ['007', 7],
    [42, 42],
    [-0, 0],
    [10n, 10],
    ['9007199254740991', MAX_MINOR],
    [-9007199254740991n, -MAX_MINOR],
  ])('inv 1: reads %p as %p', (value, expected) => {
    expect(toMinor(value)).toBe(expected);
  });

  it.each(['', ' 1', '1.0', '1e3', '0x10', '1,000', '9007199254740992', '9007199254740993', 1.5, NaN, Infinity, 2 ** 53, 2n ** 53n])(
    'inv 1: refuses %p by the name of its field',
    (value) => {
      expect(() => toMinor(value, 'price')).toThrow(MoneyRangeError);
      expect(() => toMinor(value, 'price')).toThrow(/^price: /);
    },
  );

  it('inv 1: refuses a sum that leaves the range, not a partial sum', () => {
    expect(sumMinor([MAX_MINOR, MAX_MINOR, -MAX_MINOR])).toBe(MAX_MINOR);
    expect(sumMinor([])).toBe(0);
    expect(() => sumMinor([MAX_MINOR, 1])).toThrow(MoneyRangeError);
    expect(() => sumMinor([0.5, 0.5])).toThrow(MoneyRangeError);
    expect(() => addMinor(MAX_MINOR, 1)).toThrow(MoneyRangeError);
    expect(() => addMinor(0.5, 0.5)).toThrow(MoneyRangeError);
    expect(() => subMinor(-MAX_MINOR, 1)).toThrow(MoneyRangeError);
  });

  it('never produces -0, which would differ from 0 in a strict comparison', () => {
    expect([negMinor(0), subMinor(0, 0), addMinor(-5, 5), sumMinor([-0])]).toEqual([0, 0, 0, 0]);
    expect(negMinor(5)).toBe(-5);
  });
});
