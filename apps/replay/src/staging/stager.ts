import type { Manifest } from '../manifest/manifest';
import type { RecordKind } from '../manifest/record-fields';
import { refuse, type MappedRow, type RecordMapper, type Refusal } from './record-mapper';
import type { StagingDatabase } from './staging-database';

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
  reject(place: Place, kind: RecordKind, id: string, refusal: Refusal): void;
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
const FIELDS: Readonly<Record<string, string>> = { occurred: 'occurredAt', order_external: 'order', line_key: 'line', pieces: 'quantity' };

/** Refuses a repeat that says something else than what was taken in first. */
export function sameOrRefuse(before: Record<string, unknown>, now: Record<string, unknown>, what: string): void {
  const differing = Object.keys(now).filter((field) => now[field] !== before[field]);
  if (differing.length === 0) return;
  const field = FIELDS[differing[0]!] ?? differing[0]!;
  refuse(field, 'conflicting_repeat', `${what} was read before with another ${differing.join(', ')}`, 'keep one of the two rows; the first one counts');
}
