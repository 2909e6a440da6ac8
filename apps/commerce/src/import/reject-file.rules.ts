import type { RejectRow } from '@concentric/contracts';
import { stringify } from 'csv-stringify/sync';

const columns = ['line', 'record', 'field', 'code', 'reason', 'remedy'] as const;

/** First row of a file of rejects. */
export function rejectHeader(): string {
  return stringify([[...columns]], { record_delimiter: '\r\n' });
}

/** Rejects as CSV rows that a spreadsheet shows as text, whatever a record was called. */
export function rejectRows(rejects: readonly RejectRow[]): string {
  return stringify(
    rejects.map((reject) => columns.map((column) => inert(String(reject[column])))),
    { record_delimiter: '\r\n' },
  );
}

/** Spreadsheets run cells that begin like a formula: an apostrophe in front makes them text. */
export function inert(cell: string): string {
  return /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
}
