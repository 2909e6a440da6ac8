import { DAY } from './dates';

const QUARTER = 900_000;
const known = new Map<string, ZoneOffsets>();

/**
 * Offsets of one time zone from UTC. Asking Intl costs microseconds, so whole UTC days without a change are
 * remembered; on the few days with one, quarter hours are (every zone has changed on a quarter since the 1970s;
 * a quarter that does change is asked for exactly).
 */
export class ZoneOffsets {
  private readonly days = new Map<number, number | null>();
  private readonly quarters = new Map<number, number | null>();
  private readonly format: Intl.DateTimeFormat;

  private constructor(readonly zone: string) {
    this.format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
  }

  /** One table per zone and process. @throws RangeError when there is no such zone */
  static of(zone: string): ZoneOffsets {
    const existing = known.get(zone);
    if (existing) return existing;
    let made: ZoneOffsets;
    try {
      made = new ZoneOffsets(zone);
    } catch {
      throw new RangeError(`${zone} is not a time zone; use an IANA name like Asia/Shanghai`);
    }
    known.set(zone, made);
    return made;
  }

  /** @returns milliseconds to add to UTC to get the wall clock at that instant */
  at(ms: number): number {
    return this.steady(this.days, DAY, ms) ?? this.steady(this.quarters, QUARTER, ms) ?? this.exact(ms);
  }

  /** @returns the first instant in (from, to] that has another offset than `from`; null when both ends agree */
  changeBetween(from: number, to: number): number | null {
    const before = this.at(from);
    if (this.at(to) === before) return null;
    let low = from;
    let high = to;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (this.at(middle) === before) low = middle;
      else high = middle;
    }
    return high;
  }

  private steady(cache: Map<number, number | null>, size: number, ms: number): number | null {
    const bucket = Math.floor(ms / size);
    const cached = cache.get(bucket);
    if (cached !== undefined) return cached;
    const first = this.exact(bucket * size);
    const offset = first === this.exact((bucket + 1) * size - 1) ? first : null;
    cache.set(bucket, offset);
    return offset;
  }

  private exact(ms: number): number {
    const match = /(\d+)\/(\d+)\/(\d+), (\d+):(\d+):(\d+)/.exec(this.format.format(ms));
    if (!match) throw new RangeError(`instant ${ms} has no wall clock in ${this.zone}`);
    const [, month, day, year, hour, minute, second] = match.map(Number) as [number, ...number[]];
    const wall = Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second);
    return wall - Math.floor(ms / 1000) * 1000;
  }
}
