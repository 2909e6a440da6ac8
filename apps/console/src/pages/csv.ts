import { formatMinor } from '@concentric/money';

export type Cell = string | number | null | undefined;

/** An amount as an exact decimal without a currency sign, for spreadsheets. */
export const decimal = (minor: number | null, currency: string): Cell => (minor === null ? null : formatMinor(minor, currency));

/** One cell. Text that a spreadsheet would run as a formula is made inert; a figure is none. */
export function csvCell(value: Cell): string {
  const plain = String(value ?? '');
  const isFormula = /^[=+\-@\t\r]/.test(plain) && !/^-\d+(\.\d+)?$/.test(plain);
  const text = isFormula ? `'${plain}` : plain;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
