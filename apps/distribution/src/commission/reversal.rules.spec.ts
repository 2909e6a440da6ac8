import fc from 'fast-check';
import { check, magnitude, MAX, must, prove } from '@concentric/testing/property';
import type { OrderRefunded, PurchaseAttributed } from '@concentric/contracts';
import { exceedsPaid, reverse, type EarnedLine } from './reversal.rules';

const earned = (earnedMinor: number, netMinor: number, state: EarnedLine['state'] = 'ACCRUED'): EarnedLine => ({
  lineId: 'l',
  partnerId: 'p',
  role: 'store',
  state,
  earnedMinor,
  reversedMinor: 0,
  netMinor,
  refundedMinor: 0,
});

function apply(line: EarnedLine, refunds: number[]): { line: EarnedLine; booked: number[] } {
  const booked: number[] = [];
  let current = line;
  for (const amount of refunds) {
    const result = reverse(current, amount)!;
    booked.push(result.amountMinor);
    current = { ...current, refundedMinor: result.refundedMinor, reversedMinor: result.reversedMinor, state: result.state };
  }
  return { line: current, booked };
}

/** A line with refunds that stay within it; the last one may bring it to exactly nothing. */
const refunded = fc
  .tuple(magnitude(), magnitude(), fc.array(magnitude(100_000), { maxLength: 6 }), fc.boolean())
  .map(([a, b, wanted, whole]) => {
    const [earnedMinor, netMinor] = a <= b ? [a, b] : [b, a];
    let left = netMinor;
    const refunds: number[] = [];
    for (const amount of wanted) {
      const taken = Math.min(amount, left);
      if (taken > 0) refunds.push(taken);
      left -= taken;
    }
    if (whole && left > 0) refunds.push(left);
    return { earnedMinor, netMinor, refunds, whole };
  });

describe('taking commission back', () => {
  it.each<[string, [lineNo: number, amountMinor: number][], Record<string, number>, boolean]>([
    ['all of a line', [[1, 500]], {}, false],
    ['one unit more', [[1, 501]], {}, true],
    ['the rest of a line', [[1, 200]], { 'o/1': 300 }, false],
    ['more than the rest', [[1, 201]], { 'o/1': 300 }, true],
    [
      'a line in two parts',
      [
        [1, 300],
        [1, 200],
      ],
      {},
      false,
    ],
    [
      'a line in two parts, too much together',
      [
        [1, 300],
        [1, 201],
      ],
      {},
      true,
    ],
    [
      'the rest in two parts, too much together',
      [
        [1, 100],
        [1, 101],
      ],
      { 'o/1': 300 },
      true,
    ],
    ['nothing of what another line and another order gave back', [[1, 500]], { 'o/2': 70, 'x/1': 500 }, false],
    [
      'one line too much among others',
      [
        [1, 1],
        [2, 71],
      ],
      {},
      true,
    ],
    ['a line that was not bought', [[3, 1]], {}, true],
  ])('inv 18: knows whether a refund exceeds what was paid: %s', (_, lines, refunded, exceeds) => {
    const refund = { orderId: 'o', lines: lines.map(([lineNo, amountMinor]) => ({ lineNo, amountMinor })) } as OrderRefunded;
    const order = {
      lines: [
        { lineNo: 1, netMinor: 500 },
        { lineNo: 2, netMinor: 70 },
      ],
    } as PurchaseAttributed;
    expect(exceedsPaid(refund, order, new Map(Object.entries(refunded)))).toBe(exceeds);
  });

  it.each<[string, number, number, number[], number[], EarnedLine['state']]>([
    ['thirds leave nothing behind', 49, 999, [333, 333, 333], [16, 16, 17], 'REVERSED'],
    ['units that are too small book nothing yet', 1, 1_000, [999, 1], [0, 1], 'REVERSED'],
    ['all at once', 100, 1_000, [1_000], [100], 'REVERSED'],
    ['a part', 100, 1_000, [999], [99], 'ACCRUED'],
    ['a line that earned nothing', 0, 1_000, [1_000], [0], 'REVERSED'],
    ['the largest line there can be', MAX, MAX, [MAX - 1, 1], [MAX - 1, 1], 'REVERSED'],
  ])('inv 19: %s', (_, earnedMinor, netMinor, refunds, booked, state) => {
    expect(apply(earned(earnedMinor, netMinor), refunds)).toMatchObject({ booked, line: { state } });
  });

  it('inv 18: refuses more than was paid', () => {
    expect(reverse(earned(10, 100), 101)).toBeNull();
    expect(reverse({ ...earned(10, 100), refundedMinor: 60, reversedMinor: 6 }, 41)).toBeNull();
  });

  it('leaves a line that was given away as it is', () => {
    expect(reverse(earned(0, 0), 0)).toMatchObject({ amountMinor: 0, state: 'ACCRUED' });
  });

  it('keeps the state of a line that is refunded in part', () => {
    expect(reverse(earned(10, 100, 'MATURED'), 99)?.state).toBe('MATURED');
  });

  it('inv 18, 19: never takes more than was earned, never gives back, and a full refund leaves exactly nothing', () => {
    prove([refunded], ({ earnedMinor, netMinor, refunds, whole }) => {
      const { line, booked } = apply(earned(earnedMinor, netMinor), refunds);
      must(
        booked.every((amount) => amount >= 0),
        'a refund gave something back to the partner',
      );
      must(line.reversedMinor === booked.reduce((sum, amount) => sum + amount, 0), 'what was booked is not what is reversed');
      must(line.reversedMinor <= earnedMinor && line.refundedMinor <= netMinor, 'more than there was');
      must(
        netMinor === 0 || BigInt(line.reversedMinor) === (BigInt(earnedMinor) * BigInt(line.refundedMinor)) / BigInt(netMinor),
        'not the exact floor',
      );
      must((line.state === 'REVERSED') === (netMinor > 0 && line.refundedMinor === netMinor), 'wrongly reversed');
      must(!whole || line.reversedMinor === (netMinor === 0 ? 0 : earnedMinor), 'something is left');
    });
  });

  it('inv 16: the order of the refunds does not matter to what is left', () => {
    check(
      [refunded.chain((one) => fc.tuple(fc.constant(one), fc.shuffledSubarray(one.refunds, { minLength: one.refunds.length })))],
      ([{ earnedMinor, netMinor, refunds }, shuffled]) => {
        expect(apply(earned(earnedMinor, netMinor), shuffled).line).toEqual(apply(earned(earnedMinor, netMinor), refunds).line);
      },
    );
  });
});
