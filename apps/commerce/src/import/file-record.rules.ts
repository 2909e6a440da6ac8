import type { FieldError } from '@concentric/contracts';
import type { FileLine } from '@concentric/service-kit/csv';
import { fault } from '../intake/intake.rules';

/** One record as it stands in a file: something to take in, or what is wrong with it already. */
export interface FileRecord {
  /** Lines of the file it was read from: one for each row. */
  readonly lines: readonly number[];
  readonly name: string;
  readonly item: unknown;
  readonly faults: readonly FieldError[];
}

/** Turns lines into records; both formats do it piece by piece, so memory does not grow with the file. */
export interface RecordReader {
  /** @throws UnreadableFile when the file is not what it was said to be */
  push(lines: readonly FileLine[]): FileRecord[];
  /** What was still open at the end of the file. */
  end(): FileRecord[];
}

export function lineTooLong(): FieldError {
  return fault(
    '',
    'line_too_long',
    'the line is longer than a million characters',
    'Check the line breaks of the file and the quotes before this line.',
  );
}

/** Which line of the file an error of a record is about: that of the row, where it names one of the record's lines. */
export function lineOf(record: FileRecord, error: FieldError): number {
  const row = /^lines\[(\d+)\]/.exec(error.field)?.[1];
  return record.lines[row === undefined ? 0 : Number(row)] ?? record.lines[0] ?? 0;
}
