import type { FileLine } from '@concentric/service-kit/csv';
import { fault } from '../intake/intake.rules';
import { lineTooLong, type FileRecord, type RecordReader } from './file-record.rules';

/** One JSON object per line. A line that is none is refused; the others go on. */
export class NdjsonReader implements RecordReader {
  /** @param defaults fields for records that do not have them */
  constructor(private readonly defaults: Readonly<Record<string, unknown>>) {}

  push(lines: readonly FileLine[]): FileRecord[] {
    return lines.flatMap((line) => (line.text?.trim() === '' ? [] : [this.read(line)]));
  }

  end(): FileRecord[] {
    return [];
  }

  private read({ number, text }: FileLine): FileRecord {
    if (text === null) return { lines: [number], name: '', item: null, faults: [lineTooLong()] };
    try {
      const item: unknown = JSON.parse(text);
      if (typeof item === 'object' && item !== null && !Array.isArray(item))
        return { lines: [number], name: '', item: { ...this.defaults, ...item }, faults: [] };
    } catch {
      // Falls through: what is wrong is said below, without repeating the text, which may hold personal data.
    }
    return {
      lines: [number],
      name: '',
      item: null,
      faults: [
        fault(
          '',
          'invalid_json',
          'the line is not a JSON object',
          'Write one complete JSON object per line, without line breaks inside it.',
        ),
      ],
    };
  }
}
