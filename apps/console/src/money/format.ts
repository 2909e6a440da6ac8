import { exponentOf, formatMinor } from '@concentric/money';

/**
 * An amount for people. The exact decimal text goes to the formatter as it is: no floating point in between.
 * @param minor signed minor units
 */
export function formatMoney(minor: number, currency: string, locale: string): string {
  const digits = exponentOf(currency);
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(formatMinor(minor, currency) as `${number}`);
}

/** Axis labels and headings: the amount shortened to three digits, such as `¥1.2M` or `¥123万`. */
export function formatMoneyShort(minor: number, currency: string, locale: string): string {
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    notation: 'compact',
    maximumSignificantDigits: 4,
  }).format(formatMinor(minor, currency) as `${number}`);
}

/** @param ratio 0..1 */
export function formatRatio(ratio: number, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'percent', minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(ratio);
}

export function formatCount(value: number, locale: string): string {
  return new Intl.NumberFormat(locale).format(value);
}

/** For texts that name a number: `smart_count` chooses between one and many, `count` is what is read. */
export const counted = (value: number, locale: string) => ({ smart_count: value, count: formatCount(value, locale) });

/** An instant in the brand's time zone. */
export function formatInstant(instant: string, zone: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone }).format(new Date(instant));
}

export function formatInstantDate(instant: string, zone: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: zone }).format(new Date(instant));
}

/** A business date is a calendar date already: read and shown in UTC, so that no zone can shift it. */
export function formatDate(date: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`));
}

/** @param period `2026-01` */
export function formatPeriod(period: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(`${period}-01T00:00:00Z`));
}

export function formatBytes(bytes: number, locale: string): string {
  const unit = bytes < 1_000_000 ? 'kilobyte' : 'megabyte';
  const value = bytes < 1_000_000 ? bytes / 1000 : bytes / 1_000_000;
  return new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: 1 }).format(value);
}
