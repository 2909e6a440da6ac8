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
 * Rows of separated values, cells quoted by `"` where needed; blank lines are none. A stream parser that loses its way
 * at a broken quote or at another kind of line break swallows all that follows: here just the broken row is refused.
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
      const quoted = cellsOf(parts.join('\n'), this.delimiter);
      const fits = quoted !== null && (parts.length === 1 || quoted.length === (this.columns ?? quoted.length));
      if (fits) return { lines: parts.length, row: { line: first.number, cells: quoted, fault: null } };
      break;
    }
    return { lines: 1, row: { line: first.number, cells, fault: 'quotes_broken' } };
  }
}

/** The cells of one row, or null when its quotes do not add up. */
function cellsOf(text: string, delimiter: string): string[] | null {
  const cells: string[] = [];
  for (let at = 0; ; at += 1) {
    const isQuoted = text[at] === '"';
    const next = isQuoted ? closingQuote(text, at + 1) + 1 : text.indexOf(delimiter, at);
    if (isQuoted && next === 0) return null;
    const end = next === -1 ? text.length : next;
    const cell = isQuoted ? text.slice(at + 1, end - 1).replaceAll('""', '"') : text.slice(at, end);
    if (!isQuoted && (cell.includes('\n') || !isPlain(cell))) return null;
    cells.push(cell);
    if (end === text.length) return cells;
    if (text[end] !== delimiter) return null;
    at = end;
  }
}

/** Where a quoted cell ends; two quotes are one of its text. -1: nowhere. */
function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at !== -1 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at;
}

/** A quote in the middle of a text, as in `12" disc`, opens and closes nothing. */
function isPlain(cell: string): boolean {
  const text = cell.trim();
  return !text.startsWith('"') && !text.endsWith('"');
}
