import { dateIn } from '../partners/calendar';

/** Twelve months, as periods and as a half-open interval of dates. */
export interface Year {
  firstPeriod: string;
  lastPeriod: string;
  from: string;
  to: string;
}

/** @param period the last of the twelve months, `2026-01` */
export function yearEndingWith(period: string): Year {
  const year = Number(period.slice(0, 4));
  const month = Number(period.slice(5, 7));
  const from = monthStart(year - 1, month + 1);
  return { firstPeriod: from.slice(0, 7), lastPeriod: period, from, to: monthStart(year, month + 1) };
}

/** The month it is now in a time zone. */
export function currentPeriod(zone: string, now: Date): string {
  return dateIn(zone, now).slice(0, 7);
}

function monthStart(year: number, month: number): string {
  return new Date(Date.UTC(year, month - 1, 1)).toISOString().slice(0, 10);
}
