const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** Dates of a zone as the platform's own clock on the wall shows them. For zones that never repeat a midnight. */
export class WallCalendar {
  private readonly wall: Intl.DateTimeFormat;

  constructor(readonly zone: string) {
    this.wall = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
  }

  dateOf(ms: number): string {
    return this.wall.format(ms);
  }

  /** The first instant whose date is not before this one, found by halving. */
  startOf(date: string): number {
    let [before, after] = [Date.parse(date) - 15 * HOUR, Date.parse(date) + 15 * HOUR];
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2);
      if (this.dateOf(middle) < date) before = middle;
      else after = middle;
    }
    return after;
  }

  endOf(date: string): number {
    return this.startOf(dayAfter(date));
  }
}

export function dayAfter(date: string, days = 1): string {
  return new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 10);
}

export const monthOf = (date: string): string => date.slice(0, 7);
export const isLastOfMonth = (date: string): boolean => monthOf(dayAfter(date)) !== monthOf(date);
