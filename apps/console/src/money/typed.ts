import { formatMinor, parseDecimal } from '@concentric/money';

/** A percentage with four decimals is parts per million. */
const PERCENT_DIGITS = 4;
type Typed = string | null | undefined;

export const percentText = (ppm: number): string => formatMinor(ppm, PERCENT_DIGITS).replace(/\.?0+$/, '');

/**
 * A percentage (parts per million) or an amount (minor units) as somebody typed it; undefined when nothing was typed.
 * @param digits those of a percentage, or a currency
 * @throws MoneyError when it cannot be kept exactly
 */
export function readExact(text: Typed, digits: string | number = PERCENT_DIGITS): number | undefined {
  const given = text?.trim().replace(/%$/, '');
  return given ? parseDecimal(given, digits) : undefined;
}

/** Can what was typed be kept exactly? Nothing typed is no fault; below zero is one unless `signed`. */
export function isExact(text: Typed, digits?: string | number, signed = false): boolean {
  try {
    const read = readExact(text, digits) ?? 0;
    return signed || read >= 0;
  } catch {
    return false;
  }
}
