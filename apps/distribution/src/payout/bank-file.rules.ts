import { bankColumns as COLUMNS } from '@concentric/contracts';
import { parse } from 'csv-parse';
import { Readable } from 'node:stream';
import type { BankLine } from './bank-line.rules';

const REQUIRED = ['item', 'status', 'bank_ref'] as const;
/** Bytes; far more than the longest line of a bank takes. */
const LONGEST_ROW = 16_384;

/** What is wrong with a file as a whole. */
export class BankFileFault extends Error {}

/** The lines of a bank's CSV with a header row, numbered as in the file. @throws BankFileFault when it is not CSV with the known columns */
export async function* bankLines(content: Buffer): AsyncGenerator<{ lineNo: number; line: BankLine }> {
  const parser = Readable.from([content]).pipe(
    parse({ bom: true, columns: knownColumns, skip_empty_lines: true, trim: true, info: true, max_record_size: LONGEST_ROW }),
  );
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: Record<string, string | undefined>; info: { lines: number } }>) {
      const cell = (name: (typeof COLUMNS)[number]) => record[name] ?? '';
      const line: BankLine = {
        item: cell('item').slice(0, 64),
        status: cell('status').slice(0, 16).toUpperCase(),
        bankRef: cell('bank_ref'),
        amountMinor: record.amount_minor || null,
        amount: record.amount || null,
        bookedOn: cell('booked_on'),
        reason: cell('reason').slice(0, 500),
      };
      yield { lineNo: info.lines, line };
    }
  } catch (error) {
    if (error instanceof BankFileFault) throw error;
    throw new BankFileFault(error instanceof Error ? error.message.slice(0, 200) : 'unknown format');
  }
}

function knownColumns(header: string[]): string[] {
  const unknown = header.filter((name) => !COLUMNS.some((column) => column === name));
  const missing = REQUIRED.filter((name) => !header.includes(name));
  const problems = [
    ...(unknown.length > 0 ? [`unknown columns: ${unknown.join(', ')}`] : []),
    ...(missing.length > 0 ? [`missing columns: ${missing.join(', ')}`] : []),
  ];
  if (problems.length > 0) throw new BankFileFault(`${problems.join('; ')}. Columns: ${COLUMNS.join(', ')}`.slice(0, 500));
  return header;
}
