import fc from 'fast-check';
import { addMinor, formatMinor, MoneyRangeError, parseDecimal, subMinor, sumMinor, toMinor } from '@concentric/money';
import { MAX, must, prove, signed } from '@concentric/testing/property';

/** What the exact result must turn into: itself, or a refusal. */
function same(exact: bigint, compute: () => number): void {
  let answer: number | 'refused';
  try {
    answer = compute();
  } catch (error) {
    must(error instanceof MoneyRangeError, 'refused by another error');
    answer = 'refused';
  }
  const safe = exact <= BigInt(MAX) && exact >= -BigInt(MAX);
  must(Object.is(answer, safe ? Number(exact) : 'refused'), `${answer} for ${exact}`);
}

describe('minor unit properties', () => {
  it('inv 1: sums and differences are exact or refused, whatever the order of partial sums', () => {
    prove([fc.array(signed(), { maxLength: 6 }), signed(), signed()], (list, a, b) => {
      same(
        list.reduce((sum, amount) => sum + BigInt(amount), 0n),
        () => sumMinor(list),
      );
      same(BigInt(a) + BigInt(b), () => addMinor(a, b));
      same(BigInt(a) - BigInt(b), () => subMinor(a, b));
    });
  });

  it('inv 1: an integer is read alike from number, string and bigint, or refused beyond 2^53 - 1', () => {
    const beyond = fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n });
    const border = fc.bigInt({ min: -5n, max: 5n }).map((offset) => BigInt(MAX) + offset);
    prove([fc.oneof(beyond, border, signed().map(BigInt))], (exact) => {
      same(exact, () => toMinor(exact));
      same(exact, () => toMinor(String(exact)));
    });
  });

  it('inv 1: a decimal reads back to the very minor units it was written from, in every exponent', () => {
    prove([signed(), fc.integer({ min: 0, max: 4 }), fc.nat({ max: 3 })], (minor, digits, zeros) => {
      const text = formatMinor(minor, digits);
      must(Object.is(parseDecimal(text, digits), minor), text);
      must(parseDecimal(`${text}${digits ? '' : '.'}${'0'.repeat(zeros)}`, digits) === minor, 'surplus zeros change the amount');
    });
  });
});
