import { CURRENCIES, exponentOf, isCurrency } from './currency';
import { MoneyCurrencyError } from './money.errors';

describe('currencies', () => {
  it.each([
    ['JPY', 0],
    ['KRW', 0],
    ['VND', 0],
    ['ISK', 0],
    ['CNY', 2],
    ['BRL', 2],
    ['HUF', 2],
    ['TWD', 2],
    ['IDR', 2],
    ['KWD', 3],
    ['IQD', 3],
    ['CLF', 4],
    ['BGN', 2],
  ])('inv 1: %s has %p minor-unit digits', (code, digits) => {
    expect(exponentOf(code)).toBe(digits);
    expect(isCurrency(code)).toBe(true);
  });

  it.each(['', 'cny', 'RMB', 'XAU', 'XXX', 'CNYY', 'toString'])('refuses %p', (code) => {
    expect(isCurrency(code)).toBe(false);
    expect(() => exponentOf(code, 'total')).toThrow(MoneyCurrencyError);
  });

  it('lists every code once, all three upper-case letters', () => {
    expect(new Set(CURRENCIES).size).toBe(CURRENCIES.length);
    expect(CURRENCIES.every((code) => /^[A-Z]{3}$/.test(code))).toBe(true);
  });
});
