import fc from 'fast-check';
import { seedOf } from './seed';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 200_000);
const SEED = seedOf('PROPERTY_SEED');

process.stdout.write(`properties: ${RUNS} cases for each invariant, PROPERTY_SEED=${SEED}\n`);

export const MAX = Number.MAX_SAFE_INTEGER;

type Arbitraries<T extends unknown[]> = { [K in keyof T]: fc.Arbitrary<T[K]> };

/**
 * Proves an invariant of money over generated cases: 200,000, or PROPERTY_RUNS. Say what must hold with `must`: `expect`
 * is too slow to be called millions of times. A failure prints the seed, the shrunk case and its path.
 */
export function prove<T extends unknown[]>(arbitraries: Arbitraries<T>, holds: (...values: T) => void): void {
  run(arbitraries, holds, RUNS);
}

/** Checks any other property, with a hundredth of the cases of an invariant. */
export function check<T extends unknown[]>(arbitraries: Arbitraries<T>, holds: (...values: T) => void): void {
  run(arbitraries, holds, Math.ceil(RUNS / 100));
}

function run<T extends unknown[]>(arbitraries: Arbitraries<T>, holds: (...values: T) => void, numRuns: number): void {
  fc.assert(
    fc.property(fc.tuple<T>(...arbitraries), (values) => holds(...values)),
    { numRuns, seed: SEED },
  );
}

/** Fails with the case's own words. */
export function must(holds: boolean, words: string): void {
  if (!holds) throw new Error(words);
}

/** Amounts from 0 to `max`, biased to 0, 1, everyday prices and the top. */
export function magnitude(max = MAX): fc.Arbitrary<number> {
  return fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom(...[0, 1, 99, 100, max - 1, max].filter((edge) => edge >= 0 && edge <= max)) },
    { weight: 4, arbitrary: fc.integer({ min: 0, max: Math.min(200_000, max) }) },
    { weight: 2, arbitrary: fc.integer({ min: 0, max }) },
  );
}

/** Amounts of either sign, with the bias of `magnitude`. */
export function signed(max = MAX): fc.Arbitrary<number> {
  return fc.tuple(magnitude(max), fc.boolean()).map(([amount, negative]) => (negative ? 0 - amount : amount));
}

/** Rates biased to 0, one part, thirds, 100 % and beyond, round percentages, and any. */
export const rate: fc.Arbitrary<number> = fc.oneof(
  fc.constantFrom(0, 1, 333_333, 500_000, 999_999, 1_000_000, 1_000_001, 2_500_000),
  fc.integer({ min: 0, max: 100 }).map((percent) => percent * 10_000),
  fc.integer({ min: 0, max: 3_000_000 }),
);
