import { ContradictingFact } from './purchase.errors';

/**
 * What of these facts is new. A fact that is known with the same content counts once (inv 13); the same id with
 * another content is refused, so that the message is set aside for somebody to look at instead of being dropped.
 * `known` maps ids to the stored content.
 */
export function newFacts<T>(facts: readonly { id: string; data: T }[], known: ReadonlyMap<string, string>): { data: T; body: string }[] {
  const seen = new Map(known);
  const fresh: { data: T; body: string }[] = [];
  for (const { id, data } of facts) {
    const body = JSON.stringify(data);
    const before = seen.get(id);
    if (before === undefined) fresh.push({ data, body });
    else if (before !== body) throw new ContradictingFact(id);
    seen.set(id, body);
  }
  return fresh;
}
