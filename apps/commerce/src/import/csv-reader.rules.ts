import type { FieldError, ImportKind } from '@concentric/contracts';
import { parse } from 'csv-parse/sync';
import { fault } from '../intake/intake.rules';
import { checkHeader, keyColumns, toItem } from './csv-columns.rules';
import { lineTooLong, type FileRecord, type RecordReader } from './file-record.rules';
import { longestLine, type FileLine } from './line-splitter.rules';

/** A quoted cell may go over this many lines; a quote that is still open then was never meant to be one. */
const longestCell = 200;
/** One more than an order may have lines: enough for intake to refuse it, and no more is kept in memory. */
const mostRows = 1001;

interface Row {
  readonly line: number;
  readonly cells: readonly string[];
  readonly faults: readonly FieldError[];
}

/**
 * Comma-separated values with a header, cells quoted by `"` where needed. Rows are framed here and only quoted ones
 * are handed to the parser, because a parser that loses its way at a broken quote swallows all that follows: here
 * just the broken row is refused. Neighbouring rows with the same key make one record. It is refused as a whole when
 * one of its rows is broken, as far as the key of that row can still be read: an order without one of its lines would
 * be another order.
 */
export class CsvReader implements RecordReader {
  private header: string[] | null = null;
  private queue: FileLine[] = [];
  private group: Row[] = [];
  private isInterrupted = false;

  constructor(
    private readonly kind: ImportKind,
    private readonly defaults: Readonly<Record<string, unknown>>,
  ) {}

  push(lines: readonly FileLine[]): FileRecord[] {
    for (const line of lines) this.queue.push(line);
    return this.rows(false).flatMap((row) => this.gather(row));
  }

  end(): FileRecord[] {
    const records = this.rows(true).flatMap((row) => this.gather(row));
    // A file without a single line has no header either.
    if (!this.header) checkHeader(this.kind, [], this.defaults);
    return [...records, ...this.close()];
  }

  private rows(isEnd: boolean): Row[] {
    const rows: Row[] = [];
    let start = 0;
    while (start < this.queue.length) {
      const framed = this.frame(start, isEnd);
      if (framed === 'incomplete') break;
      start += framed.lines;
      if (framed.row === null) continue;
      if (this.header) rows.push(this.counted(framed.row));
      else this.readHeader(framed.row);
    }
    this.queue = this.queue.slice(start);
    return rows;
  }

  /** The row that begins at this line, and over how many lines it goes. */
  private frame(start: number, isEnd: boolean): { lines: number; row: Row | null } | 'incomplete' {
    const first = this.queue[start]!;
    if (first.text === null) return { lines: 1, row: broken(first, lineTooLong()) };
    if (first.text.trim() === '') return { lines: 1, row: null };
    if (!first.text.includes('"')) return { lines: 1, row: { line: first.number, cells: first.text.split(','), faults: [] } };
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
      const cells = parseQuoted(parts.join('\n'));
      const fits = cells !== null && (parts.length === 1 || cells.length === (this.header?.length ?? cells.length));
      if (fits) return { lines: parts.length, row: { line: first.number, cells, faults: [] } };
      break;
    }
    return { lines: 1, row: broken(first, brokenQuotes()) };
  }

  private readHeader(row: Row): void {
    const header = row.cells.map((cell) => cell.trim());
    checkHeader(this.kind, header, this.defaults);
    this.header = header;
  }

  private counted(row: Row): Row {
    const columns = this.header?.length ?? 0;
    if (row.faults.length > 0 || row.cells.length === columns) return row;
    const message = `the row has ${row.cells.length} cells and the header ${columns}`;
    return { ...row, faults: [fault('', 'cells_mismatch', message, 'Quote cells that contain commas, and write a comma for every empty cell.')] };
  }

  private gather(row: Row): FileRecord[] {
    const key = this.keyOf(row);
    const open = this.group[0];
    if (open && key !== '' && key === this.keyOf(open)) {
      if (this.group.length < mostRows) this.group.push(this.isInterrupted ? { ...row, faults: [...row.faults, interrupted()] } : row);
      this.isInterrupted = false;
      return [];
    }
    if (open && row.faults.length > 0 && keyColumns(this.kind).length > 0) {
      // Whose row this was can no longer be read: if the record goes on behind it, it was one of that record's.
      this.isInterrupted = true;
      return [this.record([row])];
    }
    const closed = this.close();
    this.group = [row];
    return closed;
  }

  private close(): FileRecord[] {
    const rows = this.group;
    this.group = [];
    this.isInterrupted = false;
    return rows.length > 0 ? [this.record(rows)] : [];
  }

  private record(rows: readonly Row[]): FileRecord {
    const faults = rows.flatMap((row, at) => row.faults.map((error) => (rows.length > 1 ? { ...error, field: `lines[${at}]${error.field}` } : error)));
    const lines = rows.map((row) => row.line);
    const name = this.nameOf(rows[0]!);
    if (faults.length > 0) return { lines, name, item: null, faults };
    const made = toItem(this.kind, this.header ?? [], rows.map((row) => row.cells), this.defaults);
    return { lines, name, item: made.item, faults: made.faults };
  }

  private keyOf(row: Row): string {
    const parts = keyColumns(this.kind).map((name) => this.cell(row, name));
    return parts.at(-1) ? parts.join(' ') : '';
  }

  private nameOf(row: Row): string {
    return this.cell(row, this.kind === 'products' ? 'sku' : 'externalId').slice(0, 100);
  }

  private cell(row: Row, name: string): string {
    return row.cells[this.header?.indexOf(name) ?? -1]?.trim() ?? '';
  }
}

function parseQuoted(text: string): string[] | null {
  try {
    const records: string[][] = parse(text, { relax_column_count: true });
    return records.length === 1 ? records[0]! : null;
  } catch {
    return null;
  }
}

function broken(line: FileLine, error: FieldError): Row {
  return { line: line.number, cells: line.text?.split(',') ?? [], faults: [error] };
}

function brokenQuotes(): FieldError {
  return fault('', 'quotes_broken', 'a quote is opened and not closed, or stands inside an unquoted cell', 'Quote the whole cell and double the quotes inside it.');
}

function interrupted(): FieldError {
  return fault('', 'rows_interrupted', 'a row that cannot be read stands between the rows of this record', 'Repair the row before this one, and keep the rows of a record together.');
}
