/**
 * The seed that a variable of the environment names: a number; `random` for a fresh one; without it always the same, so that
 * nobody's change fails by a throw of dice.
 */
export function seedOf(variable: string): number {
  const asked = process.env[variable] ?? '20261122';
  return asked === 'random' ? Date.now() % 2_147_483_647 : Number(asked);
}
