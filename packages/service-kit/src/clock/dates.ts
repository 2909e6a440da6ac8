/** Milliseconds of a day without a change of offset. */
export const DAY = 86_400_000;

const datePattern = /^(\d{4})-(\d{2})-(\d{2})$/;

const knownDays = new Map<string, number>();

/** @returns days since 1970-01-01. @throws RangeError when it is no date of the calendar (`2026-02-30`) */
export function dayNumber(date: string): number {
  let day = knownDays.get(date);
  if (day === undefined) {
    day = calculateDay(date);
    // Dates come from outside too; real data needs a few thousand.
    if (knownDays.size >= 20_000) knownDays.clear();
    knownDays.set(date, day);
  }
  return day;
}

function calculateDay(date: string): number {
  const match = datePattern.exec(date);
  const at = match ? Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])) : Number.NaN;
  if (Number.isNaN(at) || dateOfDay(at / DAY) !== date) throw new RangeError(`${date} is not a date like 2026-01-31`);
  return at / DAY;
}

/** @returns `YYYY-MM-DD` of a day number */
export function dateOfDay(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** The calendar day after a date. @throws RangeError when it is no date */
export function nextDate(date: string): string {
  return dateOfDay(dayNumber(date) + 1);
}

/** The month after `YYYY-MM`. @throws RangeError when it is no month */
export function nextPeriod(period: string): string {
  return shiftPeriod(period, 1);
}

/** The month before `YYYY-MM`. @throws RangeError when it is no month */
export function previousPeriod(period: string): string {
  return shiftPeriod(period, -1);
}

function shiftPeriod(period: string, months: number): string {
  const match = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(period);
  if (!match) throw new RangeError(`${period} is not a month like 2026-01`);
  const index = Number(match[1]) * 12 + Number(match[2]) - 1 + months;
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;
}
