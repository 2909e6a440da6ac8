import fc from 'fast-check';
import { check, magnitude } from '../../test/property';
import { parkedReason, statementFigures, type Movement, type Previous } from './statement.rules';

const movement = (earnedMinor: number, reversedMinor = 0, more: Partial<Movement> = {}): Movement => ({
  partnerId: 'p',
  partnerType: 'store',
  partnerCode: 'S1',
  currency: 'CNY',
  earnedMinor,
  reversedMinor,
  adjustedMinor: 0,
  writtenOffMinor: 0,
  withheldMinor: 0,
  paidMinor: 0,
  lines: 1,
  lineSumMinor: earnedMinor,
  lineCheck: 7,
  ...more,
});
const figures = (moved: Movement, previous?: Previous, minimumMinor = 0) =>
  statementFigures('key', moved, previous, { minimumMinor, taxOf: (net) => Math.floor(net / 5) });
const signed = magnitude(1_000_000).chain((amount) => fc.constantFrom(amount, amount === 0 ? 0 : -amount));
const month = fc.record({
  earned: magnitude(1_000_000_000),
  reversed: magnitude(1_000_000_000),
  adjustedMinor: signed,
  writtenOffMinor: signed,
  paysAtOnce: fc.boolean(),
});

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

  it('inv 31, 32: months follow each other without a gap, and every unit is paid once, kept back, written off or still carried', () => {
    check([fc.array(month, { minLength: 1, maxLength: 12 }), magnitude(100_000)], (months, minimum) => {
      let previous: Previous | undefined;
      let [due, withheld] = [0, 0];
      let payable = 0;
      for (const { earned, reversed, adjustedMinor, writtenOffMinor, paysAtOnce } of months) {
        // What an earlier statement promised is sent in this month, or later.
        const [paidMinor, withheldMinor] = paysAtOnce ? [due, withheld] : [0, 0];
        if (paysAtOnce) [due, withheld] = [0, 0];
        const made = figures(movement(earned, reversed, { adjustedMinor, writtenOffMinor, paidMinor, withheldMinor }), previous, minimum);
        payable += earned - reversed + adjustedMinor - writtenOffMinor - paidMinor - withheldMinor;
        expect(made.openingMinor).toBe(previous?.closingMinor ?? 0);
        expect(made.closingMinor).toBe(payable);
        expect(made.netMinor).toBe(made.carriedInMinor + earned - reversed + adjustedMinor - writtenOffMinor);
        if (made.outcome === 'pay') expect(made.netMinor).toBeGreaterThanOrEqual(Math.max(1, minimum));
        else expect(made.netMinor <= 0 || made.netMinor < minimum).toBe(true);
        expect(made.taxMinor).toBe(made.outcome === 'pay' ? Math.floor(made.netMinor / 5) : 0);
        previous = { closingMinor: made.closingMinor, carriedMinor: made.outcome === 'carry' ? made.netMinor : 0 };
        if (made.outcome === 'pay') [due, withheld] = [due + made.netMinor - made.taxMinor, withheld + made.taxMinor];
        expect(payable).toBe(due + withheld + previous.carriedMinor);
      }
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
        ...(['adjustedMinor', 'writtenOffMinor', 'withheldMinor', 'paidMinor'] as const).map((figure) =>
          figures(movement(earned, reversed, { lineCheck, [figure]: 1 })),
        ),
        figures(movement(earned, reversed, { lineCheck }), undefined, 1),
        ...(earned > reversed
          ? [
              statementFigures('key', movement(earned, reversed, { lineCheck }), undefined, {
                minimumMinor: 0,
                taxOf: (net) => Math.floor(net / 5) + 1,
              }),
            ]
          : []),
        statementFigures('another', movement(earned, reversed, { lineCheck }), undefined, {
          minimumMinor: 0,
          taxOf: (net) => Math.floor(net / 5),
        }),
      ];
      for (const other of others) expect(other.fingerprint).not.toBe(fingerprint);
    });
  });

  it('inv 29, 35, 42: is parked when its lines do not come to what the books say', () => {
    expect(parkedReason(movement(100))).toBeNull();
    expect(parkedReason(movement(100, 0, { lineSumMinor: 99 }))).toMatch(/99.*100/);
  });
});
