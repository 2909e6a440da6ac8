import fc from 'fast-check';
import { cumulativeReversal, shareOf } from '@concentric/money';
import { magnitude, must, prove, signed } from '@concentric/testing/property';

const line = fc.tuple(signed(), magnitude(), fc.boolean()).chain(([earned, base, negative]) => {
  const sign = negative ? -1 : 1;
  return fc.record({
    earned: fc.constant(earned),
    base: fc.constant(base * sign + 0),
    refunds: fc.array(magnitude(base), { maxLength: 6 }).map((totals) => totals.sort((a, b) => a - b).map((r) => r * sign + 0)),
  });
});

describe('reversal properties', () => {
  it('inv 18: reversed lies between 0 and earned, on the side of earned', () => {
    prove([line], ({ earned, base, refunds }) => {
      for (const refunded of refunds) {
        const reversed = cumulativeReversal(earned, base, refunded);
        must(
          Math.abs(reversed) <= Math.abs(earned) && (reversed === 0 || Math.sign(reversed) === Math.sign(earned)),
          `${reversed} of ${earned}`,
        );
      }
    });
  });

  it('inv 19: reversed is the exact floor of earned x refunded / base and never falls as refunds add up', () => {
    prove([line], ({ earned, base, refunds }) => {
      let before = 0;
      for (const refunded of refunds) {
        const reversed = cumulativeReversal(earned, base, refunded);
        must(base === 0 || reversed === Number((BigInt(earned) * BigInt(refunded)) / BigInt(base)), 'not the exact floor');
        must(Math.abs(reversed) >= before, 'a refund gave something back to the partner');
        before = Math.abs(reversed);
      }
    });
  });

  it('inv 19: however a line is refunded, in the end exactly nothing of it is left', () => {
    prove([line, fc.nat({ max: 1_200_000 })], ({ base, refunds }, ppm) => {
      if (base === 0 || Math.abs(base) > 7e15) return; // more than 100 % of the top would leave the safe range
      const earned = shareOf(base, ppm);
      let left = earned;
      let reversed = 0;
      for (const refunded of [...refunds, base]) {
        const total = cumulativeReversal(earned, base, refunded);
        left -= total - reversed;
        reversed = total;
      }
      must(left === 0, `${left} of ${earned} is left`);
    });
  });
});
