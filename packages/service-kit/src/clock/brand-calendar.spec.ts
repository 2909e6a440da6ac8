import fc from 'fast-check';
import { BrandCalendar } from './brand-calendar';
import { nextDate, nextPeriod, previousPeriod } from './dates';

const at = (text: string) => Date.parse(text);

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
    expect(berlin.endOfDate('2026-03-29') - berlin.startOfDate('2026-03-29')).toBe(23 * 3_600_000);
    expect(berlin.endOfDate('2026-10-25') - berlin.startOfDate('2026-10-25')).toBe(25 * 3_600_000);
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

  it('inv 27: puts every instant into exactly the date whose interval holds it', () => {
    const zones = ['Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'America/Sao_Paulo', 'America/Goose_Bay', 'Australia/Lord_Howe', 'Pacific/Apia', 'Pacific/Kiritimati', 'Etc/GMT+12', 'Africa/Casablanca', 'Asia/Kathmandu'];
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.integer({ min: at('2005-01-01'), max: at('2035-01-01') }), (zone, ms) => {
        const calendar = new BrandCalendar(zone);
        const date = calendar.businessDate(ms);
        return calendar.startOfDate(date) <= ms && ms < calendar.endOfDate(date) && calendar.period(ms) === date.slice(0, 7);
      }),
      { numRuns: 2000 },
    );
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

  it('dates a million instants in under a second', () => {
    const calendar = new BrandCalendar('America/New_York');
    const from = at('2025-01-01T00:00:00Z');
    const started = process.hrtime.bigint();
    for (let i = 0; i < 1_000_000; i += 1) calendar.businessDate(from + i * 31_000);
    expect(Number(process.hrtime.bigint() - started) / 1e6).toBeLessThan(1500);
  });
});
