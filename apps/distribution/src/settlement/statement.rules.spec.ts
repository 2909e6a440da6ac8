import fc from 'fast-check';
import { check, magnitude } from '../../test/property';
import { parkedReason, statementFigures, type Movement, type Previous } from './statement.rules';

const movement = (earnedMinor: number, reversedMinor = 0, more: Partial<Movement> = {}): Movement => ({ partnerId: 'p', currency: 'CNY', earnedMinor, reversedMinor, lines: 1, lineSumMinor: earnedMinor, lineCheck: 7, ...more });
const figures = (moved: Movement, previous?: Previous, minimum = 0) => statementFigures('key', moved, previous, minimum);
const month = fc.record({ earned: magnitude(1_000_000_000), reversed: magnitude(1_000_000_000) });

describe('a statement', () => {
  it.each<[string, number, number, number, number, 'pay' | 'carry', number]>([
    ['something', 100, 0, 0, 0, 'pay', 100],
    ['nothing', 100, 100, 0, 0, 'carry', 0],
    ['less than nothing', 100, 101, 0, 0, 'carry', -1],
    ['one below the minimum', 99, 0, 0, 100, 'carry', 99],
    ['the minimum', 100, 0, 0, 100, 'pay', 100],
    ['the minimum with what was carried in', 1, 0, 99, 100, 'pay', 100],
    ['a debt that eats the month', 100, 0, -101, 0, 'carry', -1],
  ])('inv 32: that comes to %s', (_, earned, reversed, carriedMinor, minimum, outcome, netMinor) => {
    expect(figures(movement(earned, reversed), { closingMinor: 500, carriedMinor }, minimum)).toMatchObject({ outcome, netMinor });
  });

  it('inv 31, 32: months follow each other without a gap, and every unit is paid once or still carried', () => {
    check([fc.array(month, { minLength: 1, maxLength: 12 }), magnitude(100_000)], (months, minimum) => {
      let previous: Previous | undefined;
      let [paid, moved] = [0, 0];
      for (const { earned, reversed } of months) {
        const made = figures(movement(earned, reversed), previous, minimum);
        expect(made.openingMinor).toBe(previous?.closingMinor ?? 0);
        expect(made.closingMinor).toBe(made.openingMinor + made.earnedMinor - made.reversedMinor + made.adjustedMinor - made.withheldMinor - made.paidMinor);
        expect(made.netMinor).toBe(made.carriedInMinor + earned - reversed);
        if (made.outcome === 'pay') expect(made.netMinor).toBeGreaterThanOrEqual(Math.max(1, minimum));
        else expect(made.netMinor <= 0 || made.netMinor < minimum).toBe(true);
        previous = { closingMinor: made.closingMinor, carriedMinor: made.outcome === 'carry' ? made.netMinor : 0 };
        paid += made.outcome === 'pay' ? made.netMinor : 0;
        moved += earned - reversed;
      }
      expect(paid + previous!.carriedMinor).toBe(moved);
      expect(previous!.closingMinor).toBe(moved);
    });
  });

  it('inv 30: has the same fingerprint for the same inputs, and another for any other', () => {
    check([magnitude(1_000_000), magnitude(1_000_000), magnitude()], (earned, reversed, lineCheck) => {
      const { fingerprint } = figures(movement(earned, reversed, { lineCheck }));
      expect(figures(movement(earned, reversed, { lineCheck })).fingerprint).toBe(fingerprint);
      const others = [
        figures(movement(earned + 1, reversed, { lineCheck })),
        figures(movement(earned, reversed + 1, { lineCheck })),
        figures(movement(earned, reversed, { lineCheck: lineCheck === 0 ? 1 : lineCheck - 1 })),
        figures(movement(earned, reversed, { lineCheck, lines: 2 })),
        figures(movement(earned, reversed, { lineCheck }), { closingMinor: 1, carriedMinor: 0 }),
        statementFigures('another', movement(earned, reversed, { lineCheck }), undefined, 0),
      ];
      for (const other of others) expect(other.fingerprint).not.toBe(fingerprint);
    }, 0.2);
  });

  it('inv 29, 35, 42: is parked when its lines do not come to what the books say', () => {
    expect(parkedReason(movement(100))).toBeNull();
    expect(parkedReason(movement(100, 0, { lineSumMinor: 99 }))).toMatch(/99.*100/);
  });
});
