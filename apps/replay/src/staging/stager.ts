import type { Manifest } from '../manifest/manifest';
import { refuse, type MappedRow, type RecordMapper } from './record-mapper';
import type { StagingDatabase, Value } from './staging-database';

/** Where a row came from: place of its file in the list of files, and its line there. */
export interface Place {
  readonly file: number;
  readonly row: number;
}

/** What every stager works with while one file is read. */
export interface Stage {
  readonly database: StagingDatabase;
  readonly manifest: Manifest;
  readonly mapper: RecordMapper;
  /** Name of the file, and its place in the list of files. */
  readonly name: string;
  readonly file: number;
}

/** Takes one row in, or throws RefusedRow. */
export type Stager = (stage: Stage, row: MappedRow, place: Place) => void;

/**
 * The channel of a row: its own, else the default. Empty for a record that joins an order by its number
 * alone in a brand of several channels; it is settled when every order is known.
 */
export function channelOf({ manifest }: Stage, row: MappedRow, joinsByNumber: boolean): string {
  const channels = manifest.brand.channels.map(({ code }) => code);
  const own = row.choice('channel', channels);
  if (own) return own;
  if (channels.length === 1) return channels[0]!;
  if (joinsByNumber) return '';
  return manifest.channel ?? refuse('channel', 'missing', 'is empty', 'name the channel, or set a default channel in the manifest');
}

/** Follows a link, if the files hold one for this id. */
export function linked({ database }: Stage, kind: string, id: string): string | undefined {
  return database.get<{ target: string }>('SELECT target FROM link WHERE kind = ? AND source = ?', [kind, id])?.target;
}

/** Our names of fields that are staged under another one. */
const FIELDS: Readonly<Record<string, string>> = {
  ...{
    placed: 'placedAt',
    occurred: 'occurredAt',
    order_external: 'order',
    line_key: 'line',
    pieces: 'quantity',
    cost_from: 'costFrom',
    valid_from: 'validFrom',
    target: 'to',
  },
};

type Columns = Readonly<Record<string, Value>>;

/** A row for one table of the staging database. */
export interface StagedRow {
  readonly table: string;
  readonly key: Columns;
  /** What a repeat must say as well; the column that decides between two that differ comes first. */
  readonly content: Columns;
  /** What a repeat may say differently. */
  readonly rest?: Columns;
}

/**
 * Takes a row in once. Of two that contradict each other the smaller content counts, the earlier time first, whichever
 * was read first: files have no order.
 * @param what the record, in words @param id what it is called in the list of rejects
 * @returns false for a repeat of what was there
 */
export function takeOnce(stage: Stage, place: Place, row: StagedRow, what: string, id: string): boolean {
  const { database } = stage;
  const { table, key, content, rest } = row;
  const all = { ...key, ...content, ...rest, file: place.file, row: place.row };
  const names = Object.keys(all);
  const insert = () =>
    database.run(`INSERT INTO ${table}(${names.join()}) VALUES(${names.map(() => '?').join()}) ON CONFLICT DO NOTHING`, Object.values(all));
  if (insert() === 1) return true;
  const where = `FROM ${table} WHERE ${Object.keys(key).join(' = ? AND ')} = ?`;
  const before = database.get<Record<string, Value> & Place>(`SELECT * ${where}`, Object.values(key))!;
  const differing = Object.keys(content).filter((field) => content[field] !== before[field]);
  if (differing.length === 0) return false;
  const named = differing.map((field) => FIELDS[field] ?? field);
  const refusal = {
    field: named[0]!,
    code: 'conflicting_repeat',
    message: `${what} stands in another row with another ${named.map((field) => stage.mapper.nameOf(field)).join(', ')}`,
    remedy: 'keep one of the two rows; the earlier one counts',
  };
  const asText = (values: Columns) => JSON.stringify(Object.keys(content).map((field) => values[field]));
  if (asText(content) > asText(before)) refuse(refusal.field, refusal.code, refusal.message, refusal.remedy);
  database.reject(before, stage.mapper.spec.kind, id, refusal);
  database.run(`DELETE ${where}`, Object.values(key));
  insert();
  return true;
}
