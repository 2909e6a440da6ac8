import { DAY, dateOfDay, dayNumber, nextDate, nextPeriod } from './dates';
import { ZoneOffsets } from './zone-offsets';

/** Wider than any offset and any jump: a calendar day's start is found within it. */
const REACH = 27 * 3_600_000;

const momentPattern = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?(Z|[+-]\d{2}:\d{2})?)?$/;

/**
 * A brand's calendar: which business date and period an instant belongs to, and where those begin and end.
 * Dates are half-open intervals of instants that follow each other without gap or overlap, whatever the zone does:
 * where summer time skips midnight the date begins with the jump; where the clock is put back over midnight the
 * date begins the first time midnight is seen, and what is repeated of the old evening belongs to the new date.
 */
export class BrandCalendar {
  private readonly offsets: ZoneOffsets;
  private readonly dates = new Map<number, string>();
  private readonly starts = new Map<string, number>();
  private readonly repeats = new Map<number, number | null>();

  /** @param zone IANA name. @throws RangeError when there is no such zone */
  constructor(readonly zone: string) {
    this.offsets = ZoneOffsets.of(zone);
  }

  /** @param ms epoch milliseconds. @returns `YYYY-MM-DD` */
  businessDate(ms: number): string {
    const day = Math.floor((ms + this.offsets.at(ms)) / DAY);
    let date = this.dates.get(day);
    if (date === undefined) {
      date = dateOfDay(day);
      this.dates.set(day, date);
    }
    const next = this.startsAgain(day);
    return next !== null && ms >= next ? nextDate(date) : date;
  }

  /** @param ms epoch milliseconds. @returns `YYYY-MM` */
  period(ms: number): string {
    return this.businessDate(ms).slice(0, 7);
  }

  /** First instant of a date, epoch milliseconds. @throws RangeError when it is no date */
  startOfDate(date: string): number {
    let start = this.starts.get(date);
    if (start === undefined) {
      start = this.findStart(dayNumber(date));
      this.starts.set(date, start);
    }
    return start;
  }

  /** First instant that no longer belongs to the date, epoch milliseconds. */
  endOfDate(date: string): number {
    return this.startOfDate(nextDate(date));
  }

  /** First instant of a month, epoch milliseconds. */
  startOfPeriod(period: string): number {
    return this.startOfDate(`${period}-01`);
  }

  /** First instant that no longer belongs to the month, epoch milliseconds. */
  endOfPeriod(period: string): number {
    return this.startOfPeriod(nextPeriod(period));
  }

  /**
   * A moment as channels send it (`moment` in contracts): with an offset it is that instant, without one it is the
   * wall clock of this zone, a bare date its first instant. A wall clock that summer time skips counts from before
   * the jump (02:30 becomes 03:30); one that is seen twice is the first of the two. Below milliseconds is cut off.
   * @returns epoch milliseconds. @throws RangeError when it is no moment
   */
  parse(moment: string): number {
    const match = momentPattern.exec(moment);
    if (!match) throw new RangeError(`${moment} is not a moment like 2026-01-31 16:00:00 or 2026-01-31T16:00:00+08:00`);
    const [, date = '', hour, minute, second = '0', fraction = '', offset] = match;
    if (hour === undefined) return this.startOfDate(date);
    const time = [Number(hour), Number(minute), Number(second)] as const;
    if (time[0] > 23 || time[1] > 59 || time[2] > 59) throw new RangeError(`${moment} has no such time of day`);
    const milliseconds = Number(fraction.padEnd(3, '0').slice(0, 3));
    const wall = dayNumber(date) * DAY + time[0] * 3_600_000 + time[1] * 60_000 + time[2] * 1000 + milliseconds;
    return offset === undefined ? this.fromWallClock(wall) : wall - offsetOf(offset);
  }

  private fromWallClock(wall: number): number {
    const before = wall - this.offsets.at(wall - REACH);
    const change = this.offsets.changeBetween(wall - REACH, wall + REACH);
    if (change === null || before < change) return before;
    const after = wall - this.offsets.at(change);
    return after >= change ? after : before;
  }

  private findStart(day: number): number {
    const wall = day * DAY;
    const before = wall - this.offsets.at(wall - REACH);
    const change = this.offsets.changeBetween(wall - REACH, wall + REACH);
    if (change === null || before < change) return before;
    return Math.max(change, wall - this.offsets.at(change));
  }

  /** Start of the following date if the clock is put back over it, that is if this date is seen again after it. */
  private startsAgain(day: number): number | null {
    const cached = this.repeats.get(day);
    if (cached !== undefined) return cached;
    const end = this.startOfDate(dateOfDay(day + 1));
    const start = this.seenAfter(day, end) ? end : null;
    this.repeats.set(day, start);
    return start;
  }

  private seenAfter(day: number, end: number): boolean {
    const change = this.offsets.changeBetween(end, end + REACH);
    return change !== null && Math.floor((change + this.offsets.at(change)) / DAY) === day;
  }
}

function offsetOf(text: string): number {
  if (text === 'Z') return 0;
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(4, 6));
  return (text.startsWith('-') ? -minutes : minutes) * 60_000;
}
