const DAY = 86_400_000;
const QUARTER = 900_000;

/**
 * Wall clock of one IANA time zone. Replay talks to the services over HTTP only, so it brings its own reading of zones;
 * the rules are the same as everywhere: a wall clock that does not exist (clocks go forward) means the later instant,
 * one that exists twice means the first.
 */
export class Zone {
  private readonly format: Intl.DateTimeFormat;
  /** Offset of a whole UTC day, or null where it changes within the day. Asking Intl per row would take minutes. */
  private readonly days = new Map<number, number | null>();
  private readonly quarters = new Map<number, number>();

  constructor(readonly name: string) {
    this.format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  }

  /** @returns the calendar date `YYYY-MM-DD` at an instant */
  dateAt(instant: number): string {
    return new Date(instant + this.offset(instant)).toISOString().slice(0, 10);
  }

  /** @returns the first instant of a calendar date */
  startOf(date: string): number {
    return this.instantOf(Date.parse(`${date}T00:00:00.000Z`));
  }

  /** @param wall a wall clock, written as the milliseconds of the same reading in UTC @returns its instant */
  instantOf(wall: number): number {
    const before = this.offset(wall - DAY);
    const after = this.offset(wall + DAY);
    const candidates = [wall - before, wall - after].filter((instant) => instant + this.offset(instant) === wall);
    return candidates.length > 0 ? Math.min(...candidates) : wall - before;
  }

  private offset(instant: number): number {
    const day = Math.floor(instant / DAY);
    let offset = this.days.get(day);
    if (offset === undefined) {
      const start = this.ask(day * DAY);
      offset = start === this.ask((day + 1) * DAY - 1) ? start : null;
      this.days.set(day, offset);
    }
    return offset ?? this.withinDay(Math.floor(instant / QUARTER));
  }

  private withinDay(quarter: number): number {
    const known = this.quarters.get(quarter);
    if (known !== undefined) return known;
    const offset = this.ask(quarter * QUARTER);
    this.quarters.set(quarter, offset);
    return offset;
  }

  private ask(instant: number): number {
    const parts: Record<string, string> = {};
    for (const { type, value } of this.format.formatToParts(instant)) parts[type] = value;
    const year = parts.era === 'BC' ? 1 - Number(parts.year) : Number(parts.year);
    const wall = Date.UTC(year, Number(parts.month) - 1, Number(parts.day), Number(parts.hour), Number(parts.minute), Number(parts.second));
    return wall - Math.floor(instant / 1000) * 1000;
  }
}

/** @returns the calendar date after `date` */
export function dateAfter(date: string, days = 1): string {
  return new Date(Date.parse(`${date}T00:00:00.000Z`) + days * DAY).toISOString().slice(0, 10);
}

/** @returns the last calendar date of the month that `date` lies in */
export function endOfMonth(date: string): string {
  const [year, month] = date.split('-').map(Number);
  return new Date(Date.UTC(year!, month!, 0)).toISOString().slice(0, 10);
}
