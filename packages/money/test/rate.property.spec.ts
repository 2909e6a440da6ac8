import fc from 'fast-check';
import { budgetOf, fitsBudget, ratioPpm, shareOf } from '@concentric/money';
import { magnitude, MAX, must, prove, rate, signed } from '@concentric/testing/property';

/** Where the product leaves 53 bits: the last numbers of the fast path and the first of the exact one. */
const border = fc
  .tuple(fc.integer({ min: 1, max: 3_000_000 }), fc.integer({ min: -3, max: 3 }))
  .map(([ppm, offset]): [number, number] => [Math.min(MAX, Math.max(0, Math.floor((MAX - 1_000_000) / ppm) + offset)), ppm]);

function expectShare(base: number, ppm: number): void {
  const exact = (BigInt(base) * BigInt(ppm)) / 1_000_000n; // bigint division cuts towards zero, as we want
  if (exact > BigInt(MAX) || exact < -BigInt(MAX)) {
    let refused = false;
    try {
      shareOf(base, ppm);
    } catch {
      refused = true;
    }
    must(refused, 'a share beyond the safe range is refused');
  } else {
    const share = shareOf(base, ppm);
    must(Object.is(share, Number(exact)), `${share} is not ${exact}`);
  }
}

describe('rate properties', () => {
  it('inv 3: a share is the exact floor on magnitude for any base and rate, or is refused', () => {
    prove([signed(), rate], expectShare);
  });

  it('inv 1: number and bigint arithmetic meet without a seam where products outgrow 53 bits', () => {
    prove([border], ([base, ppm]) => expectShare(base, ppm));
  });

  it('inv 2: at any integer ppm up to 100 % a share never exceeds its base, and 100 % is the base itself', () => {
    prove([signed(), fc.integer({ min: 0, max: 1_000_000 })], (base, ppm) => {
      must(Math.abs(shareOf(base, ppm)) <= Math.abs(base), 'a share exceeds its base');
      must(shareOf(base, 1_000_000) === base, '100 % is not the base');
    });
  });

  it('inv 3: shares taken one by one never exceed the share at the summed rate; the residue is under one unit each', () => {
    prove([magnitude(1e12), fc.array(fc.integer({ min: 0, max: 1_000_000 }), { maxLength: 5 })], (base, rates) => {
      const apart = rates.reduce((sum, ppm) => sum + shareOf(base, ppm), 0);
      const together = shareOf(
        base,
        rates.reduce((sum, ppm) => sum + ppm, 0),
      );
      must(apart <= together && together - apart <= rates.length, `${apart} apart, ${together} together`);
    });
  });

  it('inv 6: rules whose rates fit the budget rate can never breach it by rounding', () => {
    prove(
      [magnitude(1e12), fc.array(fc.integer({ min: 0, max: 400_000 }), { maxLength: 5 }), fc.nat({ max: 1_000 })],
      (base, rates, extra) => {
        const budget = budgetOf(
          base,
          rates.reduce((sum, ppm) => sum + ppm, extra),
        );
        must(
          fitsBudget(
            rates.map((ppm) => shareOf(base, ppm)),
            budget,
          ),
          'floored shares breach',
        );
      },
    );
  });

  it('inv 6: the budget is the smaller of rate and margin, and one unit more breaches it', () => {
    prove([magnitude(), fc.integer({ min: 0, max: 1_000_000 }), signed()], (base, ppm, margin) => {
      const budget = budgetOf(base, ppm, margin);
      must(budget === Math.max(0, Math.min(shareOf(base, ppm), margin)), 'not the smaller one');
      must(fitsBudget([budget], budget) && fitsBudget([], budget), 'the budget itself does not fit');
      if (budget < MAX) must(!fitsBudget([budget, 1], budget), 'a breach passes');
    });
  });

  it('inv 3: a ratio is the exact floor on magnitude and odd in both arguments', () => {
    prove([signed(1e9), signed().filter((below) => below !== 0)], (above, below) => {
      must(ratioPpm(above, below) === Number((BigInt(above) * 1_000_000n) / BigInt(below)), 'not the exact quotient');
      must(Object.is(ratioPpm(0 - above, below), 0 - ratioPpm(above, below)), 'not odd');
    });
  });
});
