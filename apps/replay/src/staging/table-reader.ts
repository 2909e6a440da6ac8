import { parse } from 'csv-parse';
import { createReadStream, openSync, readSync, closeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { pipeline, Readable, Transform } from 'node:stream';
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
    super(`${file} cannot be read to its end (${cause instanceof Error ? cause.message : String(cause)}); the history would be incomplete. Provide the whole file again.`);
    this.name = 'UnreadableFileError';
  }
}

const MAX_RECORD = 1_000_000;

/** Opens a file as its manifest entry describes it: gzip is recognised by content, byte-order marks are skipped. */
export async function openTable(path: string, spec: FileSpec): Promise<Table> {
  const text = textOf(path, spec.encoding);
  return spec.format === 'csv' ? openCsv(text, path, spec) : { columns: undefined, rows: documents(text, path, spec.each) };
}

function textOf(path: string, encoding: string): Readable {
  const source = createReadStream(path, { highWaterMark: 1 << 18 });
  const text = decoder(encoding);
  // The callback only keeps a failure from being unhandled: the last stage is destroyed with it and tells its reader.
  if (isGzip(path)) pipeline(source, createGunzip({ chunkSize: 1 << 18 }), text, () => undefined);
  else pipeline(source, text, () => undefined);
  return text;
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

/** TextDecoder keeps characters whole across chunks and drops the byte-order mark. */
function decoder(encoding: string): Transform {
  const reader = new TextDecoder(encoding);
  return new Transform({
    readableObjectMode: false,
    transform(chunk: Buffer, _encoding, done) {
      done(null, reader.decode(chunk, { stream: true }));
    },
    flush(done) {
      done(null, reader.decode());
    },
  });
}

async function openCsv(text: Readable, path: string, spec: FileSpec): Promise<Table> {
  const broken: RawRow[] = [];
  const parser = parse({
    delimiter: spec.delimiter,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: MAX_RECORD,
  });
  parser.on('skip', (error: { lines?: number; message: string }) => {
    const remedy = 'put the text in quotes and double the quotes inside it';
    broken.push({ line: error.lines ?? 0, broken: { code: 'unreadable_row', message: error.message, remedy } });
  });
  pipeline(text, parser, () => undefined);
  const records = parser[Symbol.asyncIterator]() as AsyncIterator<{ record: string[]; info: { lines: number } }>;
  const first = spec.header ? undefined : await guard(path, () => records.next());
  const columns = spec.header ?? (first && !first.done ? first.value.record.map((name) => name.trim()) : []);
  return { columns, rows: csvRows(records, columns, broken, path) };
}

async function* csvRows(
  records: AsyncIterator<{ record: string[]; info: { lines: number } }>,
  columns: readonly string[],
  broken: RawRow[],
  path: string,
): AsyncGenerator<RawRow> {
  const places = new Map(columns.map((name, index) => [name, index] as const).reverse());
  for (;;) {
    const next = await guard(path, () => records.next());
    while (broken.length > 0) yield broken.shift()!;
    if (next.done) return;
    const { record, info } = next.value;
    // The parser counts lines to the end of the record; a record over several lines began earlier.
    const line = record.some((text) => text.includes('\n')) ? info.lines - record.join('').split('\n').length + 1 : info.lines;
    if (record.length !== columns.length) {
      const message = `has ${record.length} fields where the header has ${columns.length}`;
      yield { line, broken: { code: 'wrong_number_of_fields', message, remedy: 'look for a missing or unquoted separator' } };
    } else {
      yield { line, get: (column) => textAt(record, places.get(column)) };
    }
  }
}

function textAt(record: readonly string[], place: number | undefined): string | undefined {
  return place === undefined ? undefined : record[place];
}

async function* documents(text: Readable, path: string, each: string | undefined): AsyncGenerator<RawRow> {
  const lines = createInterface({ input: text, crlfDelay: Infinity })[Symbol.asyncIterator]();
  let failure: Error | undefined;
  text.on('error', (error) => (failure = error));
  for (let line = 1; ; line += 1) {
    const next = await guard(path, () => lines.next());
    if (next.done) break;
    if (next.value.trim() !== '') yield* documentRows(next.value, line, each);
  }
  if (failure) throw new UnreadableFileError(path, failure);
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

async function guard<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw new UnreadableFileError(path, error);
  }
}
