import { CsvRows, LineSplitter, type CsvRow, type FileLine } from '@concentric/service-kit/csv';
import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { FileSpec } from '../manifest/manifest';

/** A row as it stands in a file: the text of any of its columns, or what makes it unreadable. */
export interface RawRow {
  /** Line of the file on which the row begins. */
  readonly line: number;
  /** Undefined when the row has no such column; only NDJSON rows may differ in that. */
  readonly get?: (column: string) => string | undefined;
  readonly broken?: { readonly code: string; readonly message: string; readonly remedy: string };
}

/** What a reader hands out: the names of the columns when the file has any, then the rows. */
export interface Table {
  readonly columns: readonly string[] | undefined;
  readonly rows: AsyncIterable<RawRow>;
}

/** A file that cannot be read at all: the history would be incomplete, so the run stops. */
export class UnreadableFileError extends Error {
  constructor(file: string, cause: unknown) {
    super(
      `${file} cannot be read to its end (${cause instanceof Error ? cause.message : String(cause)}); the history would be incomplete. Provide the whole file again.`,
    );
    this.name = 'UnreadableFileError';
  }
}

/** Opens a file as its manifest entry describes it: gzip is recognised by content, byte-order marks are skipped. */
export async function openTable(path: string, spec: FileSpec): Promise<Table> {
  const lines = linesOf(path, spec.encoding);
  return spec.format === 'csv' ? openCsv(lines, spec) : { columns: undefined, rows: documents(lines, spec.each) };
}

/** Lines of a file, as many at a time as a piece of it holds. */
async function* linesOf(path: string, encoding: string): AsyncGenerator<FileLine[]> {
  const splitter = new LineSplitter();
  // Keeps characters whole across pieces and drops the byte-order mark.
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  try {
    for await (const piece of bytesOf(path)) {
      decoder ??= new TextDecoder(encodingBy(piece as Buffer) ?? encoding);
      yield splitter.push(decoder.decode(piece as Buffer, { stream: true }));
    }
  } catch (error) {
    throw new UnreadableFileError(path, error);
  }
  yield [...splitter.push(decoder?.decode() ?? ''), ...splitter.end()];
}

/** The encoding that a byte-order mark tells. */
function encodingBy([first, second]: Buffer): string | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}

function bytesOf(path: string): Readable {
  const source = createReadStream(path, { highWaterMark: 1 << 18 });
  // The callback only keeps a failure from being unhandled: the last stage is destroyed with it and tells its reader.
  return isGzip(path) ? pipeline(source, createGunzip({ chunkSize: 1 << 18 }), () => undefined) : source;
}

function isGzip(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(2);
    return readSync(file, head, 0, 2, 0) === 2 && head[0] === 0x1f && head[1] === 0x8b;
  } finally {
    closeSync(file);
  }
}

async function openCsv(lines: AsyncIterable<FileLine[]>, spec: FileSpec): Promise<Table> {
  const records = csvRecords(lines, spec);
  if (spec.header) return { columns: spec.header, rows: csvRows(records, spec.header) };
  const first = await records.next();
  const columns = first.done ? [] : first.value.cells.map((name) => name.trim());
  return { columns, rows: csvRows(records, columns) };
}

async function* csvRecords(lines: AsyncIterable<FileLine[]>, spec: FileSpec): AsyncGenerator<CsvRow> {
  const rows = new CsvRows(spec.delimiter, spec.header?.length);
  for await (const piece of lines) yield* rows.push(piece);
  yield* rows.end();
}

const BROKEN: Readonly<Record<NonNullable<CsvRow['fault']>, NonNullable<RawRow['broken']>>> = {
  quotes_broken: {
    code: 'unreadable_row',
    message: 'opens a quote and does not close it, or has text before or behind a quoted one',
    remedy: 'put the whole text in quotes and double the quotes inside it',
  },
  line_too_long: {
    code: 'unreadable_row',
    message: 'is longer than a million characters',
    remedy: 'check the line breaks of the file and the quotes before this line',
  },
};

async function* csvRows(records: AsyncIterable<CsvRow>, columns: readonly string[]): AsyncGenerator<RawRow> {
  const places = new Map(columns.map((name, index) => [name, index] as const).reverse());
  for await (const { line, cells, fault } of records) {
    if (fault) yield { line, broken: BROKEN[fault] };
    else if (cells.length !== columns.length) {
      const message = `has ${cells.length} fields where the header has ${columns.length}`;
      yield { line, broken: { code: 'wrong_number_of_fields', message, remedy: 'look for a missing or unquoted separator' } };
    } else yield { line, get: (column) => textAt(cells, places.get(column)) };
  }
}

function textAt(cells: readonly string[], place: number | undefined): string | undefined {
  return place === undefined ? undefined : cells[place];
}

async function* documents(lines: AsyncIterable<FileLine[]>, each: string | undefined): AsyncGenerator<RawRow> {
  for await (const piece of lines) {
    for (const { number, text: document } of piece) {
      if (document === null) yield { line: number, broken: BROKEN.line_too_long };
      else if (document.trim() !== '') yield* documentRows(document, number, each);
    }
  }
}

function* documentRows(text: string, line: number, each: string | undefined): Generator<RawRow> {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    const message = `is not a JSON document: ${(error as Error).message}`;
    yield { line, broken: { code: 'unreadable_row', message, remedy: 'write one JSON object per line' } };
    return;
  }
  if (!each) {
    yield { line, get: (column) => asText(pick(document, column)) };
    return;
  }
  const items = pick(document, each);
  if (!Array.isArray(items)) {
    const message = `has no list ${each}`;
    yield { line, broken: { code: 'unreadable_row', message, remedy: 'name the list of the document in "each"' } };
    return;
  }
  for (const item of items) yield { line, get: (column) => asText(pick(item, column) ?? pick(document, column)) };
}

function pick(value: unknown, path: string): unknown {
  let found = value;
  for (const key of path.split('.')) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = (found as Record<string, unknown>)[key];
  }
  return found;
}

function asText(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined;
  return typeof value === 'string' ? value : typeof value === 'object' ? JSON.stringify(value) : String(value);
}
