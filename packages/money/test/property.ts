import fc from 'fast-check';

const RUNS = Number(process.env['MONEY_PROPERTY_RUNS'] ?? 200_000);
const SEED = Number(process.env['MONEY_PROPERTY_SEED'] ?? Date.now() % 2_147_483_647);

process.stdout.write(`money properties: ${RUNS} cases each, MONEY_PROPERTY_SEED=${SEED}\n`);

export const MAX = Number.MAX_SAFE_INTEGER;

/** Checks a property over generated cases; a failure prints the seed, the shrunk case and its path. */
export function check<T extends unknown[]>(
  arbitraries: { [K in keyof T]: fc.Arbitrary<T[K]> },
  holds: (...values: T) => void,
): void {
  fc.assert(
    fc.property(fc.tuple<T>(...arbitraries), (values) => holds(...values)),
    { numRuns: RUNS, seed: SEED },
  );
}

/** Fails with the case's own words: `expect` is too slow to be called millions of times. */
export function must(holds: boolean, words: string): void {
  if (!holds) throw new Error(words);
}

/** Non-negative amounts up to `max`, biased to 0, 1, everyday prices and the top. */
export function magnitude(max = MAX): fc.Arbitrary<number> {
  return fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom(...[0, 1, 100, max - 1, max].filter((edge) => edge >= 0 && edge <= max)) },
    { weight: 4, arbitrary: fc.integer({ min: 0, max: Math.min(200_000, max) }) },
    { weight: 2, arbitrary: fc.integer({ min: 0, max }) },
  );
}

/** Amounts of either sign, with the bias of `magnitude`. */
export function signed(max = MAX): fc.Arbitrary<number> {
  return fc.tuple(magnitude(max), fc.boolean()).map(([amount, negative]) => (negative ? 0 - amount : amount));
}

/** Rates biased to 0, one part, 100 % and beyond, round percentages, and any. */
export const rate: fc.Arbitrary<number> = fc.oneof(
  fc.constantFrom(0, 1, 333_333, 999_999, 1_000_000, 1_000_001, 2_500_000),
  fc.integer({ min: 0, max: 100 }).map((percent) => percent * 10_000),
  fc.integer({ min: 0, max: 3_000_000 }),
);

/** Weights with plenty of ties and zeros, or any up to the top. */
export const weights: fc.Arbitrary<number[]> = fc.oneof(
  fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 7 }),
  fc.array(fc.integer({ min: 0, max: 100_000 }), { maxLength: 7 }),
  fc.array(magnitude(), { maxLength: 4 }),
);
