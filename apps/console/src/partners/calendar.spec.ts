import { dateIn, endOfDate } from './calendar';

describe('calendar', () => {
  it.each([
    ['2026-01-31', 'Asia/Shanghai', '2026-01-31T15:59:59.999Z'],
    ['2026-01-31', 'UTC', '2026-01-31T23:59:59.999Z'],
    ['2026-03-29', 'Europe/Berlin', '2026-03-29T21:59:59.999Z'],
    ['2026-10-25', 'Europe/Berlin', '2026-10-25T22:59:59.999Z'],
    ['2026-01-31', 'America/Los_Angeles', '2026-02-01T07:59:59.999Z'],
  ])('ends %s in %s at %s', (date, zone, instant) => {
    expect(endOfDate(date, zone)).toBe(instant);
    expect(dateIn(zone, new Date(instant))).toBe(date);
  });
});
