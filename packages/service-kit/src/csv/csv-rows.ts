import { parse } from 'csv-parse/sync';
import { longestLine, type FileLine } from './line-splitter';

/** A quoted cell may go over this many lines; a quote that is still open then was never meant to be one. */
const longestCell = 200;

/** One row, the header included, with the line on which it begins. Cells of a row at fault are only a guess. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
  readonly fault: 'line_too_long' | 'quotes_broken' | null;
}

/**
 * Rows of separated values, cells quoted by `"` where needed; blank lines are none. Rows are framed here and only quoted
 * ones are handed to the parser, because a parser that loses its way at a broken quote or at another kind of line break
 * swallows all that follows: here just the broken row is refused.
 */
export class CsvRows {
  private queue: FileLine[] = [];

  /** @param columns how many cells a row has; otherwise the first row tells */
  constructor(
    private readonly delimiter = ',',
    private columns?: number,
  ) {}

  push(lines: readonly FileLine[]): CsvRow[] {
    for (const line of lines) this.queue.push(line);
    return this.rows(false);
  }

  /** What was still open at the end of the file. */
  end(): CsvRow[] {
    return this.rows(true);
  }

  private rows(isEnd: boolean): CsvRow[] {
    const rows: CsvRow[] = [];
    let start = 0;
    while (start < this.queue.length) {
      const framed = this.frame(start, isEnd);
      if (framed === 'incomplete') break;
      start += framed.lines;
      if (framed.row === null) continue;
      this.columns ??= framed.row.cells.length;
      rows.push(framed.row);
    }
    this.queue = this.queue.slice(start);
    return rows;
  }

  /** The row that begins at this line, and over how many lines it goes. */
  private frame(start: number, isEnd: boolean): { lines: number; row: CsvRow | null } | 'incomplete' {
    const first = this.queue[start]!;
    if (first.text === null) return { lines: 1, row: { line: first.number, cells: [], fault: 'line_too_long' } };
    if (first.text.trim() === '') return { lines: 1, row: null };
    const cells = first.text.split(this.delimiter);
    if (!first.text.includes('"') || cells.every(isPlain)) return { lines: 1, row: { line: first.number, cells, fault: null } };
    let quotes = 0;
    let length = 0;
    const parts: string[] = [];
    for (let at = start; at < this.queue.length && at - start < longestCell; at += 1) {
      const { text } = this.queue[at]!;
      length += text?.length ?? 0;
      if (text === null || length > longestLine) break;
      parts.push(text);
      quotes += text.split('"').length - 1;
      if (quotes % 2 === 1) {
        if (at === this.queue.length - 1 && !isEnd) return 'incomplete';
        continue;
      }
      const quoted = this.parseQuoted(parts.join('\n'));
      const fits = quoted !== null && (parts.length === 1 || quoted.length === (this.columns ?? quoted.length));
      if (fits) return { lines: parts.length, row: { line: first.number, cells: quoted, fault: null } };
      break;
    }
    return { lines: 1, row: { line: first.number, cells, fault: 'quotes_broken' } };
  }

  private parseQuoted(text: string): string[] | null {
    try {
      const records: string[][] = parse(text, { delimiter: this.delimiter, relax_column_count: true });
      return records.length === 1 ? records[0]! : null;
    } catch {
      return null;
    }
  }
}

/** A quote in the middle of a text, as in `12" disc`, opens and closes nothing. */
function isPlain(cell: string): boolean {
  const text = cell.trim();
  return !text.startsWith('"') && !text.endsWith('"');
}
