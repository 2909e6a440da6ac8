import type { Zone } from './zone.rules';

/** Reads one text as an instant in epoch milliseconds, or undefined when it is no date and time of the expected form. */
export type MomentReader = (text: string) => number | undefined;

const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?)?$/;

const TOKENS: Readonly<Record<string, { pattern: string; part: number }>> = {
  YYYY: { pattern: '(\\d{4})', part: 0 },
  MM: { pattern: '(\\d{2})', part: 1 },
  M: { pattern: '(\\d{1,2})', part: 1 },
  DD: { pattern: '(\\d{2})', part: 2 },
  D: { pattern: '(\\d{1,2})', part: 2 },
  HH: { pattern: '(\\d{2})', part: 3 },
  H: { pattern: '(\\d{1,2})', part: 3 },
  mm: { pattern: '(\\d{2})', part: 4 },
  ss: { pattern: '(\\d{2})', part: 5 },
  SSS: { pattern: '(\\d{3})', part: 6 },
};

/**
 * A reader for one column of times.
 * @param format `iso` (date, or date and time, with or without an offset), `epoch-seconds`, `epoch-milliseconds`, or a
 *   pattern of YYYY MM M DD D HH H mm ss SSS such as `D/M/YYYY H:mm`
 * @param zone whose wall clock a text without an offset shows
 */
export function momentReader(format: string, zone: Zone): MomentReader {
  if (format === 'iso') return (text) => readIso(text, zone);
  if (format === 'epoch-seconds') return (text) => readEpoch(text, 1000);
  if (format === 'epoch-milliseconds') return (text) => readEpoch(text, 1);
  return patternReader(format, zone);
}

/** Whether a format is one that {@link momentReader} understands: it must at least name year, month and day. */
export function isMomentFormat(format: string): boolean {
  if (['iso', 'epoch-seconds', 'epoch-milliseconds'].includes(format)) return true;
  const parts = new Set(tokensOf(format).flatMap(({ token }) => (token ? [TOKENS[token]!.part] : [])));
  return [0, 1, 2].every((part) => parts.has(part));
}

function readIso(text: string, zone: Zone): number | undefined {
  const match = ISO.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', offset] = match;
  const wall = wallClock([year!, month!, day!, hour, minute, second, fraction.padEnd(3, '0').slice(0, 3)].map(Number));
  if (wall === undefined) return undefined;
  if (offset === undefined) return zone.instantOf(wall);
  if (offset === 'Z' || offset === 'UTC') return wall;
  const [hours, minutes] = [Number(offset.slice(1, 3)), Number(offset.slice(-2))];
  return wall - (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

function readEpoch(text: string, unit: number): number | undefined {
  if (!/^-?\d{1,14}(\.\d+)?$/.test(text)) return undefined;
  const instant = Math.floor(Number(text) * unit);
  return Math.abs(instant) < 8.64e15 ? instant : undefined;
}

function patternReader(format: string, zone: Zone): MomentReader {
  const pieces = tokensOf(format);
  const expression = new RegExp(`^${pieces.map(({ token, text }) => (token ? TOKENS[token]!.pattern : escape(text))).join('')}$`);
  const parts = pieces.flatMap(({ token }) => (token ? [TOKENS[token]!.part] : []));
  return (text) => {
    const match = expression.exec(text);
    if (!match) return undefined;
    const clock = [0, 1, 1, 0, 0, 0, 0];
    parts.forEach((part, index) => (clock[part] = Number(match[index + 1])));
    const wall = wallClock(clock);
    return wall === undefined ? undefined : zone.instantOf(wall);
  };
}

function tokensOf(format: string): { token?: string; text: string }[] {
  return [...format.matchAll(/YYYY|SSS|MM|DD|HH|mm|ss|M|D|H|./gs)].map(([text]) => (text in TOKENS ? { token: text, text } : { text }));
}

/** Refuses what Date.UTC would silently carry over, such as 31 February. */
function wallClock([year, month, day, hour, minute, second, millisecond]: number[]): number | undefined {
  const wall = Date.UTC(year!, month! - 1, day, hour, minute, second, millisecond);
  const read = new Date(wall);
  const same = read.getUTCMonth() === month! - 1 && read.getUTCDate() === day && hour! < 24 && minute! < 60 && second! < 60;
  return same && year! >= 1000 ? wall : undefined;
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
