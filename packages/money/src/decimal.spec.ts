import { formatMinor, parseDecimal } from './decimal';
import { MoneyCurrencyError, MoneyFormatError, MoneyRangeError } from './money.errors';

function reasonOf(text: string, currency: string): string {
  try {
    parseDecimal(text, currency, 'price');
  } catch (error) {
    if (error instanceof MoneyFormatError) return error.reason;
    throw error;
  }
  return 'accepted';
}

describe('decimal text', () => {
  it.each([
    ['58.90', 'BRL', 5890],
    ['58.9', 'BRL', 5890],
    ['58', 'BRL', 5800],
    ['58.', 'BRL', 5800],
    ['.5', 'BRL', 50],
    ['-12.50', 'CNY', -1250],
    ['+1.00', 'CNY', 100],
    ['-0.00', 'CNY', 0],
    ['0012.30', 'CNY', 1230],
    ['1.230000', 'CNY', 123],
    ['100', 'JPY', 100],
    ['100.00', 'JPY', 100],
    ['1.234', 'KWD', 1234],
    ['90071992547409.91', 'CNY', Number.MAX_SAFE_INTEGER],
    ['1.005', 3, 1005],
    ['1', 15, 1e15],
  ])('inv 1: reads %p in %p as exactly %p', (text, currency, expected) => {
    expect(parseDecimal(text, currency)).toBe(expected);
  });

  it.each([
    ['', 'CNY', 'empty'],
    ['  ', 'CNY', 'empty'],
    [' 1.00', 'CNY', 'spaces'],
    ['1,234.50', 'CNY', 'separator'],
    ['12,50', 'CNY', 'separator'],
    ['1.234,50', 'BRL', 'separator'],
    ['1 234', 'CNY', 'separator'],
    ["1'234", 'CHF', 'separator'],
    ['1e3', 'CNY', 'exponent'],
    ['-1.5E-2', 'CNY', 'exponent'],
    ['.', 'CNY', 'not-a-number'],
    ['-', 'CNY', 'not-a-number'],
    ['--1', 'CNY', 'not-a-number'],
    ['1.2.3', 'CNY', 'not-a-number'],
    ['¥5', 'CNY', 'not-a-number'],
    ['NaN', 'CNY', 'not-a-number'],
    ['Infinity', 'CNY', 'not-a-number'],
    ['0x1F', 'CNY', 'not-a-number'],
    ['１２', 'CNY', 'not-a-number'],
    ['5\n', 'CNY', 'spaces'],
    ['1.005', 'CNY', 'too-many-decimals'],
    ['100.5', 'JPY', 'too-many-decimals'],
  ])('refuses %p in %s: %s', (text, currency, reason) => {
    expect(reasonOf(text, currency)).toBe(reason);
  });

  it('refuses what is too large, an unknown currency and an impossible exponent by name', () => {
    expect(() => parseDecimal('90071992547409.92', 'CNY', 'price')).toThrow(MoneyRangeError);
    expect(() => parseDecimal('9'.repeat(400), 'CNY', 'price')).toThrow(/^price: /);
    expect(() => parseDecimal('1', 'RMB')).toThrow(MoneyCurrencyError);
    expect(() => parseDecimal('1', -1)).toThrow(MoneyRangeError);
  });

  it.each([
    [0, 'CNY', '0.00'],
    [5, 'CNY', '0.05'],
    [-5, 'CNY', '-0.05'],
    [-1250, 'CNY', '-12.50'],
    [100, 'JPY', '100'],
    [1, 'KWD', '0.001'],
    [123456789, 'USD', '1234567.89'],
  ])('writes %p %s as %p', (minor, currency, text) => {
    expect(formatMinor(minor, currency)).toBe(text);
  });
});
