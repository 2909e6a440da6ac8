import fc from 'fast-check';
import { must, prove } from '@concentric/testing/property';
import { BrandCalendar } from './brand-calendar';
import { nextDate, nextPeriod, previousPeriod } from './dates';

const at = (text: string) => Date.parse(text);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const [FROM, TO] = [at('2005-01-01'), at('2035-01-01')];

/** A zone as the calendar has it and as the platform shows it on a wall. */
function zoneNamed(name: string) {
  const wall = new Intl.DateTimeFormat('en-CA', { timeZone: name, year: 'numeric', month: '2-digit', day: '2-digit' });
  const clock = new Intl.DateTimeFormat('en-CA', { timeZone: name, timeZoneName: 'longOffset', year: 'numeric' });
  const offset = (ms: number) => clock.format(ms).slice(5);
  /** Every instant at which the clock is changed, found by halving the days on which its offset differs. */
  const jumps: number[] = [];
  for (let day = FROM; day < TO; day += DAY) {
    if (offset(day) === offset(day + DAY)) continue;
    let [before, after] = [day, day + DAY];
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2);
      if (offset(middle) === offset(day)) before = middle;
      else after = middle;
    }
    jumps.push(after);
  }
  return { name, calendar: new BrandCalendar(name), localDate: (ms: number) => wall.format(ms), jumps };
}

const zones = [
  'Asia/Shanghai',
  'Europe/Berlin',
  'America/New_York',
  'America/Sao_Paulo',
  'America/Goose_Bay',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'Etc/GMT+12',
  'Africa/Casablanca',
  'Asia/Kathmandu',
].map(zoneNamed);

/** Around an instant: to the millisecond, to the hour, within a day. */
const around = (instant: number) =>
  fc
    .oneof(
      fc.integer({ min: -1, max: 1 }),
      fc.integer({ min: -14, max: 12 }).map((hours) => hours * HOUR),
      fc.integer({ min: -DAY, max: DAY }),
    )
    .map((off) => instant + off);
/** Beginnings of months and the days before and after, with every leap day among them, as the zone has them. */
const boundary = (calendar: BrandCalendar) =>
  fc
    .tuple(fc.integer({ min: 2005, max: 2034 }), fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constant(3)), fc.integer({ min: -1, max: 1 }))
    .map(([year, month, days]) => calendar.startOfPeriod(`${year}-${String(month).padStart(2, '0')}`) + days * DAY);

const zoneAndInstant = fc.constantFrom(...zones).chain((zone) => {
  const instants = [
    fc.integer({ min: FROM, max: TO }),
    boundary(zone.calendar).chain(around),
    ...(zone.jumps.length > 0 ? [fc.constantFrom(...zone.jumps).chain(around)] : []),
  ];
  return fc.tuple(fc.constant(zone), fc.oneof(...instants));
});

describe('business dates and periods of a brand', () => {
  it('inv 27: begins the day at local midnight, at both ends of the world', () => {
    expect(new BrandCalendar('Pacific/Kiritimati').businessDate(at('2026-01-31T10:00:00Z'))).toBe('2026-02-01');
    expect(new BrandCalendar('Pacific/Kiritimati').businessDate(at('2026-01-31T09:59:59.999Z'))).toBe('2026-01-31');
    expect(new BrandCalendar('Etc/GMT+12').businessDate(at('2026-02-01T11:59:59.999Z'))).toBe('2026-01-31');
    expect(new BrandCalendar('Etc/GMT+12').period(at('2026-02-01T12:00:00Z'))).toBe('2026-02');
  });

  it('inv 27: ends a month with its last day, leap day or not', () => {
    const shanghai = new BrandCalendar('Asia/Shanghai');
    expect(new Date(shanghai.endOfPeriod('2024-02')).toISOString()).toBe('2024-02-29T16:00:00.000Z');
    expect(new Date(shanghai.endOfPeriod('2026-02')).toISOString()).toBe('2026-02-28T16:00:00.000Z');
    expect(shanghai.businessDate(at('2024-02-29T15:59:59.999Z'))).toBe('2024-02-29');
    expect(shanghai.period(at('2025-12-31T16:00:00Z'))).toBe('2026-01');
    expect(nextDate('2024-02-28')).toBe('2024-02-29');
    expect(nextDate('2100-02-28')).toBe('2100-03-01');
    expect([nextPeriod('2025-12'), previousPeriod('2026-01')]).toEqual(['2026-01', '2025-12']);
  });

  it('inv 27: gives days of 23 and 25 hours where summer time changes', () => {
    const berlin = new BrandCalendar('Europe/Berlin');
    expect(berlin.endOfDate('2026-03-29') - berlin.startOfDate('2026-03-29')).toBe(23 * HOUR);
    expect(berlin.endOfDate('2026-10-25') - berlin.startOfDate('2026-10-25')).toBe(25 * HOUR);
  });

  it('inv 27: begins the day with the jump where summer time skips midnight', () => {
    const saoPaulo = new BrandCalendar('America/Sao_Paulo');
    expect(new Date(saoPaulo.startOfDate('2018-11-04')).toISOString()).toBe('2018-11-04T03:00:00.000Z');
    expect(saoPaulo.businessDate(at('2018-11-04T02:59:59.999Z'))).toBe('2018-11-03');
  });

  it('inv 27: does not fall back into yesterday where the clock is put back over midnight', () => {
    const gooseBay = new BrandCalendar('America/Goose_Bay');
    const start = gooseBay.startOfDate('2010-11-07');
    expect(gooseBay.businessDate(start - 1)).toBe('2010-11-06');
    expect(gooseBay.businessDate(start + 30 * 60_000)).toBe('2010-11-07');
  });

  it('inv 27: leaves a date that never happened empty', () => {
    const apia = new BrandCalendar('Pacific/Apia');
    expect(apia.startOfDate('2011-12-30')).toBe(apia.endOfDate('2011-12-30'));
    expect(apia.businessDate(apia.startOfDate('2011-12-31') - 1)).toBe('2011-12-29');
  });

  it('inv 27: puts every instant into exactly the date and the month whose half-open intervals hold it', () => {
    prove([zoneAndInstant], ([zone, ms]) => {
      const { calendar, localDate } = zone;
      const date = calendar.businessDate(ms);
      const [from, to] = [calendar.startOfDate(date), calendar.endOfDate(date)];
      must(from <= ms && ms < to, 'outside its own date');
      must(calendar.businessDate(from) === date && calendar.businessDate(to - 1) === date, 'a date does not hold its edges');
      must(calendar.businessDate(from - 1) < date && calendar.businessDate(to) > date, 'two dates overlap');
      // Where the clock is put back over midnight the repeated evening stays with the date that has begun.
      const shown = localDate(ms);
      must(date === shown || (date === nextDate(shown) && localDate(from) === date), `the clock on the wall shows ${shown}, not ${date}`);
      const period = calendar.period(ms);
      must(period === date.slice(0, 7), 'a month that is not that of the date');
      must(calendar.startOfPeriod(period) <= ms && ms < calendar.endOfPeriod(period), 'outside its own month');
      must(calendar.endOfPeriod(period) === calendar.startOfPeriod(nextPeriod(period)), 'a gap between months');
    });
  });

  it('reads a moment with an offset as that instant and one without as the wall clock', () => {
    const berlin = new BrandCalendar('Europe/Berlin');
    const iso = (moment: string) => new Date(berlin.parse(moment)).toISOString();
    expect(iso('2026-01-31T16:00:00+08:00')).toBe('2026-01-31T08:00:00.000Z');
    expect(iso('2026-01-31 16:00:00')).toBe('2026-01-31T15:00:00.000Z');
    expect(iso('2026-01-31T16:00:00.250999')).toBe('2026-01-31T15:00:00.250Z');
    expect(iso('2026-01-31')).toBe('2026-01-30T23:00:00.000Z');
    expect(iso('2026-03-29 02:30:00')).toBe('2026-03-29T01:30:00.000Z');
    expect(iso('2026-10-25 02:30:00')).toBe('2026-10-25T00:30:00.000Z');
    expect(() => berlin.parse('2026-02-30 10:00:00')).toThrow(RangeError);
    expect(() => berlin.parse('yesterday')).toThrow(/not a moment/);
  });

  it('names a zone that does not exist', () => {
    expect(() => new BrandCalendar('Mars/Olympus')).toThrow(/Mars\/Olympus is not a time zone/);
  });
});
