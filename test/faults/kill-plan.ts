import { randomOf } from './random';

/** One blow: what is killed at once, how long it stays away, and how long everybody is left in peace afterwards. */
export interface Blow {
  readonly victims: readonly string[];
  readonly awayMs: number;
  readonly peaceMs: number;
}

/** Blows without end that follow from the seed alone; one in four hits two at once, where there are two. */
export function* killPlan(seed: number, among: readonly string[]): Generator<Blow, never> {
  const random = randomOf(seed);
  const pick = (from: readonly string[]) => from[Math.floor(random() * from.length)]!;
  for (;;) {
    const first = pick(among);
    const others = among.filter((name) => name !== first);
    const victims = others.length > 0 && random() < 0.25 ? [first, pick(others)] : [first];
    yield { victims, awayMs: Math.floor(random() * 1_500), peaceMs: 300 + Math.floor(random() * 2_200) };
  }
}
