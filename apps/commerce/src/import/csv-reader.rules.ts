import type { FieldError, ImportKind } from '@concentric/contracts';
import { CsvRows, type CsvRow, type FileLine } from '@concentric/service-kit/csv';
import { fault } from '../intake/intake.rules';
import { checkHeader, keyColumns, toItem } from './csv-columns.rules';
import { lineTooLong, type FileRecord, type RecordReader } from './file-record.rules';

/** One more than an order may have lines: enough for intake to refuse it, and no more is kept in memory. */
const mostRows = 1001;

interface Row {
  readonly line: number;
  readonly cells: readonly string[];
  readonly faults: readonly FieldError[];
}

/**
 * Comma-separated values with a header. Neighbouring rows with the same key make one record. It is refused as a whole when
 * one of its rows is broken, as far as the key of that row can still be read: an order without one of its lines would
 * be another order.
 */
export class CsvReader implements RecordReader {
  private header: string[] | null = null;
  private readonly rows = new CsvRows();
  private group: Row[] = [];
  private isInterrupted = false;

  constructor(
    private readonly kind: ImportKind,
    private readonly defaults: Readonly<Record<string, unknown>>,
  ) {}

  push(lines: readonly FileLine[]): FileRecord[] {
    return this.take(this.rows.push(lines));
  }

  end(): FileRecord[] {
    const records = this.take(this.rows.end());
    // A file without a single line has no header either.
    if (!this.header) checkHeader(this.kind, [], this.defaults);
    return [...records, ...this.close()];
  }

  private take(rows: readonly CsvRow[]): FileRecord[] {
    return rows.flatMap((row) => {
      if (this.header) return this.gather(this.checked(row, this.header.length));
      this.readHeader(row);
      return [];
    });
  }

  private readHeader(row: CsvRow): void {
    const header = row.cells.map((cell) => cell.trim());
    checkHeader(this.kind, header, this.defaults);
    this.header = header;
  }

  private checked({ line, cells, fault: broken }: CsvRow, columns: number): Row {
    if (broken) return { line, cells, faults: [broken === 'line_too_long' ? lineTooLong() : brokenQuotes()] };
    if (cells.length === columns) return { line, cells, faults: [] };
    const message = `the row has ${cells.length} cells and the header ${columns}`;
    return {
      line,
      cells,
      faults: [fault('', 'cells_mismatch', message, 'Quote cells that contain commas, and write a comma for every empty cell.')],
    };
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
    const faults = rows.flatMap((row, at) =>
      row.faults.map((error) => (rows.length > 1 ? { ...error, field: `lines[${at}]${error.field}` } : error)),
    );
    const lines = rows.map((row) => row.line);
    const name = this.nameOf(rows[0]!);
    if (faults.length > 0) return { lines, name, item: null, faults };
    const made = toItem(
      this.kind,
      this.header ?? [],
      rows.map((row) => row.cells),
      this.defaults,
    );
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

function brokenQuotes(): FieldError {
  return fault(
    '',
    'quotes_broken',
    'a quote is opened and not closed, or stands inside an unquoted cell',
    'Quote the whole cell and double the quotes inside it.',
  );
}

function interrupted(): FieldError {
  return fault(
    '',
    'rows_interrupted',
    'a row that cannot be read stands between the rows of this record',
    'Repair the row before this one, and keep the rows of a record together.',
  );
}
