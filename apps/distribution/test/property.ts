import fc from 'fast-check';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 2_000);
const SEED = Number(process.env['PROPERTY_SEED'] ?? Date.now() % 2_147_483_647);

process.stdout.write(`properties: ${RUNS} cases each, PROPERTY_SEED=${SEED}\n`);

export const MAX = Number.MAX_SAFE_INTEGER;

/** Checks a property over generated cases; a failure prints the seed, the shrunk case and its path. `share` of the usual number of cases, for dear ones. */
export function check<T extends unknown[]>(arbitraries: { [K in keyof T]: fc.Arbitrary<T[K]> }, holds: (...values: T) => void, share = 1): void {
  fc.assert(
    fc.property(fc.tuple<T>(...arbitraries), (values) => holds(...values)),
    { numRuns: Math.ceil(RUNS * share), seed: SEED },
  );
}

/** Amounts from 0 to `max`, biased to 0, 1, everyday prices and the top. */
export function magnitude(max = MAX): fc.Arbitrary<number> {
  return fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom(...[0, 1, 99, 100, max - 1, max].filter((edge) => edge >= 0 && edge <= max)) },
    { weight: 4, arbitrary: fc.integer({ min: 0, max: Math.min(200_000, max) }) },
    { weight: 2, arbitrary: fc.integer({ min: 0, max }) },
  );
}

/** Rates biased to 0, one part, thirds, 100 %, round percentages, and any. */
export const rate: fc.Arbitrary<number> = fc.oneof(
  fc.constantFrom(0, 1, 333_333, 500_000, 999_999, 1_000_000),
  fc.integer({ min: 0, max: 100 }).map((percent) => percent * 10_000),
  fc.integer({ min: 0, max: 1_000_000 }),
);
