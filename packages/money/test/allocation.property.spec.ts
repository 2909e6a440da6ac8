import fc from 'fast-check';
import { allocate, prorate } from '@concentric/money';
import { magnitude, must, prove, signed } from '@concentric/testing/property';

/** Weights with plenty of ties and zeros, or any up to the top. */
const weights: fc.Arbitrary<number[]> = fc.oneof(
  fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 7 }),
  fc.array(fc.integer({ min: 0, max: 100_000 }), { maxLength: 7 }),
  fc.array(magnitude(), { maxLength: 4 }),
);
/** A pool with weights that can take it. */
const pool = fc.tuple(signed(), weights).filter(([total, list]) => total === 0 || list.some((weight) => weight > 0));
const sum = (list: readonly number[]): bigint => list.reduce((total, part) => total + BigInt(part), 0n);

/** The split, computed by handing out one unit at a time to whoever is furthest behind: slow, and written on its own. */
function oneByOne(total: number, list: readonly number[]): number[] {
  const all = list.reduce((a, b) => a + b, 0);
  const parts = list.map((weight) => Math.floor((total * weight) / all));
  while (parts.reduce((a, b) => a + b, 0) < total) {
    const behind = list.map((weight, i) => total * weight - parts[i]! * all);
    parts[behind.indexOf(Math.max(...behind))]! += 1;
  }
  return parts;
}

describe('allocation properties', () => {
  it('inv 4: parts sum to the pool exactly, each within one unit of exact, and weight 0 gets 0', () => {
    prove([pool], ([total, list]) => {
      const parts = allocate(total, list);
      must(sum(parts) === BigInt(total), 'the parts do not sum to the pool');
      const all = sum(list);
      parts.forEach((part, i) => {
        const off = BigInt(part) * all - BigInt(total) * BigInt(list[i]!);
        must(total === 0 ? part === 0 : off < all && off > -all, `part ${i} is off by a unit or more`);
        must(list[i] !== 0 || Object.is(part, 0), 'weight 0 got something');
      });
    });
  });

  it('inv 4: spare units go to the largest remainders, ties to the earlier position', () => {
    const small = fc.tuple(fc.nat({ max: 500 }), fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 6 }));
    prove([small.filter(([, list]) => list.some((weight) => weight > 0))], ([total, list]) => {
      must(allocate(total, list).join() === oneByOne(total, list).join(), 'differs from handing out one by one');
    });
  });

  it('inv 4: with a tie order of the caller, the order in which the weights arrive changes nothing', () => {
    const shuffled = pool.chain(([total, list]) =>
      fc.tuple(
        fc.constant(total),
        fc.constant(list),
        fc.shuffledSubarray([...list.keys()], { minLength: list.length, maxLength: list.length }),
      ),
    );
    prove([shuffled], ([total, list, order]) => {
      const straight = allocate(total, list);
      const mixed = allocate(
        total,
        order.map((index) => list[index]!),
        order,
      );
      must(
        order.every((index, at) => mixed[at] === straight[index]),
        'arrival order leaked into the split',
      );
    });
  });

  it('inv 5: allocate(-x) = -allocate(x)', () => {
    prove([pool], ([total, list]) => {
      const [there, back] = [allocate(total, list), allocate(0 - total, list)];
      must(
        there.every((part, i) => Object.is(back[i], 0 - part)),
        'not odd',
      );
    });
  });

  it('inv 5: a discount prorated to items sums back exactly and takes no more than an item costs', () => {
    const order = fc.array(magnitude(1e14), { minLength: 1, maxLength: 6 }).chain((amounts) =>
      fc.tuple(
        magnitude(amounts.reduce((a, b) => a + b, 0) || 1).map((d) =>
          Math.min(
            d,
            amounts.reduce((a, b) => a + b, 0),
          ),
        ),
        fc.constant(amounts),
      ),
    );
    prove([order], ([discount, amounts]) => {
      const parts = prorate(discount, amounts);
      must(sum(parts) === BigInt(discount), 'does not sum back');
      must(
        parts.every((part, i) => part >= 0 && part <= amounts[i]!),
        'an item is discounted below zero',
      );
    });
  });
});
