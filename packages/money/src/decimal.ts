import { exponentOf } from './currency';
import { MAX_MINOR, toMinor, type Minor } from './minor';
import { MoneyFormatError, MoneyRangeError } from './money.errors';

const PLAIN_DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?$/;
const EXPONENT_LIMIT = 15;

/**
 * Reads a decimal amount exactly, digit by digit: `"-12.5"` in CNY is -1250. Surplus decimals are accepted only when
 * they are zeros; nothing is ever rounded. Refuses thousands separators, decimal commas, spaces and `1e3`, because a
 * guess about them would be a guess about money.
 * @param currency an ISO 4217 code, or the number of minor-unit digits itself
 * @throws MoneyFormatError with a stable reason; MoneyRangeError when too large; MoneyCurrencyError for an unknown code
 */
export function parseDecimal(text: string, currency: string | number, field = 'amount'): Minor {
  const digits = digitsOf(currency);
  const [matched, sign, whole = '', fraction = ''] = PLAIN_DECIMAL.exec(text) ?? [];
  if (matched === undefined || whole + fraction === '') throw explain(text, field);

  const surplus = fraction.slice(digits);
  if (/[1-9]/.test(surplus)) {
    const allowed = digits === 0 ? 'no decimals' : `at most ${digits} decimals`;
    throw new MoneyFormatError(field, 'too-many-decimals', `${quote(text)} has more decimals than the currency: ${allowed}`);
  }
  const minor = Number(whole + fraction.slice(0, digits).padEnd(digits, '0'));
  if (!Number.isSafeInteger(minor)) {
    throw new MoneyRangeError(field, `${quote(text)} is more than ${MAX_MINOR} minor units`);
  }
  return sign === '-' ? 0 - minor : minor;
}

/**
 * An amount as a plain decimal with all its digits and no separators: -1250 in CNY is `-12.50`. parseDecimal reads
 * it back unchanged. Formats for people belong to the console.
 * @throws MoneyRangeError, MoneyCurrencyError
 */
export function formatMinor(minor: Minor, currency: string | number): string {
  const digits = digitsOf(currency);
  const checked = toMinor(minor);
  const sign = checked < 0 ? '-' : '';
  const text = String(Math.abs(checked)).padStart(digits + 1, '0');
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

function digitsOf(currency: string | number): number {
  if (typeof currency === 'string') return exponentOf(currency);
  if (Number.isInteger(currency) && currency >= 0 && currency <= EXPONENT_LIMIT) return currency;
  throw new MoneyRangeError('exponent', `${currency} is not a number of digits from 0 to ${EXPONENT_LIMIT}`);
}

function explain(text: string, field: string): MoneyFormatError {
  if (text.trim() === '') return new MoneyFormatError(field, 'empty', 'is empty; write 0 for nothing');
  if (/^[+-]?[\d.]+e[+-]?\d+$/i.test(text)) {
    return new MoneyFormatError(field, 'exponent', `${quote(text)} is in scientific notation; write all digits`);
  }
  if (/^[+-]?[\d.,'’_ \u00a0\u202f]*\d[,'’_ \u00a0\u202f]\d[\d.,'’_ \u00a0\u202f]*$/.test(text)) {
    const remedy = 'write it without thousands separators and with a point before the decimals';
    return new MoneyFormatError(field, 'separator', `${quote(text)} has a separator; ${remedy}`);
  }
  if (text !== text.trim()) return new MoneyFormatError(field, 'spaces', `${quote(text)} has spaces around it`);
  return new MoneyFormatError(field, 'not-a-number', `${quote(text)} is not a plain decimal such as -1234.50`);
}

function quote(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
