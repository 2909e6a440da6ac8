import { v5 } from 'uuid';
import { idNamespace } from '@concentric/contracts';
import { SimulatedClock } from '../clock/clock';
import { idIn, idInOrNull, idOut, idOutOrNull, namedId, newId } from './ids';
import { int, intOrNull } from './int';

describe('ids', () => {
  it('survive the way into the database and back', () => {
    const id = newId(new SimulatedClock());
    expect(idOut(idIn(id))).toBe(id);
    expect([idInOrNull(null), idOutOrNull(undefined)]).toEqual([null, null]);
    expect(() => idIn('6F1C9A52-3D0E-5B7A-9C41-7A3F0C9D2E11')).toThrow(/is not a UUID/);
    expect(() => idOut(Buffer.alloc(15))).toThrow(RangeError);
  });

  it('are ordered by time and grow within a millisecond, beyond its 4096 numbers too', () => {
    const clock = new SimulatedClock();
    clock.set(Date.parse('2026-01-31T16:00:00Z'));
    const ids = Array.from({ length: 10_000 }, () => newId(clock));
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual(ids);
    expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(Number.parseInt(ids[0]?.replaceAll('-', '').slice(0, 12) ?? '', 16)).toBe(clock.now());
  });

  it('do not carry the time of one clock into another', () => {
    const late = new SimulatedClock();
    late.set(Date.parse('2030-01-01T00:00:00Z'));
    const early = new SimulatedClock();
    early.set(Date.parse('2020-01-01T00:00:00Z'));
    expect(newId(late) > newId(early)).toBe(true);
  });

  it('of a name are the standard name-based UUIDs of the namespace', () => {
    for (const name of ['brand/a', 'partner/x/码', '']) expect(namedId(name)).toBe(v5(name, idNamespace));
  });
});

describe('whole numbers from a driver', () => {
  it('are taken as number, text or bigint', () => {
    expect([int(5), int('-7'), int(9n), int('12.0'), int('-0'), intOrNull(null)]).toEqual([5, -7, 9, 12, 0, null]);
  });

  it('are refused by name when they are none or do not fit', () => {
    for (const value of ['9007199254740993', 9007199254740993n, 9007199254740992, 1.5, '1.5', '', 'x', null, undefined, Number.NaN]) {
      expect(() => int(value)).toThrow(RangeError);
    }
    expect(() => int('9007199254740993')).toThrow(/^9007199254740993 is not an integer/);
  });
});
