import { useLocale, useNotify, useTranslate, type Exporter, type RaRecord } from 'react-admin';
import { formatCount } from '../money/format';
import { useBrand } from '../providers/brand';
import { csvCell, type Cell } from './csv';
import { saveFile } from './saveFile';

/** An export holds at most so many rows: what a spreadsheet opens at once and a service gives in some seconds. */
export const MOST_EXPORTED = 10_000;

/** How an exported value is said: words in the language of the person, moments in the zone of the brand. */
export interface Saying {
  word: (group: string, value: string | null | undefined) => Cell;
  channel: (code: string | null | undefined) => Cell;
  /** `2026-01-31 16:00:00`, as imports take it. */
  moment: (instant: string | null | undefined) => Cell;
}

/** A column of an export. The header is the translated label. */
export interface ExportColumn<T> {
  label: string;
  value: (row: T, saying: Saying) => Cell;
}

const line = (cells: readonly Cell[]): string => cells.map(csvCell).join(',');

/** Writes what react-admin has fetched for the filter of the list as CSV, and says when there would have been more. */
export function useCsvExporter<T>(columns: readonly ExportColumn<T>[]): Exporter {
  const translate = useTranslate();
  const locale = useLocale();
  const notify = useNotify();
  const brand = useBrand();
  const zone = brand?.zone ?? 'UTC';
  // Swedish writes dates as ISO does.
  const clock = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone: zone });
  const saying: Saying = {
    word: (group, value) => (value ? translate(`words.${group}.${value}`, { _: value }) : null),
    channel: (code) => brand?.channels.find((channel) => channel.code === code)?.name ?? code,
    moment: (instant) => (instant ? clock.format(new Date(instant)) : null),
  };
  return (records: RaRecord[], _related, _provider, resource = 'list') => {
    const rows = (records as unknown as T[]).map((row) => line(columns.map(({ value }) => value(row, saying))));
    const header = line(columns.map(({ label }) => translate(label)));
    // The mark at the beginning tells spreadsheets that this is UTF-8.
    saveFile(new Blob([`\uFEFF${[header, ...rows].join('\r\n')}\r\n`], { type: 'text/csv' }), `${resource}.csv`);
    const messageArgs = { smart_count: records.length, count: formatCount(records.length, locale) };
    const isFull = records.length >= MOST_EXPORTED;
    notify(isFull ? 'list.exported_most' : 'list.exported', { type: isFull ? 'warning' : 'success', messageArgs });
  };
}
