import type { Binding } from './binding.rules';

/** What a merge of two persons does to their bindings. */
export interface MergeOutcome {
  ended: Binding[];
  /** The surviving binding where it belonged to the retired person: from now on it is the other's. */
  created: Binding | null;
}

/**
 * The older binding survives. It is never rewritten: when it was the retired person's it ends there, and one with the
 * same partner begins for the survivor. `at` is the moment of the merge (epoch ms).
 */
export function mergeBindings(from: Binding | undefined, into: Binding | undefined, intoCustomerId: string, at: number, newId: () => string): MergeOutcome {
  if (!from) return { ended: [], created: null };
  const moment = Math.max(at, from.validFrom + 1, (into?.validFrom ?? 0) + 1);
  const close = (binding: Binding): Binding => ({ ...binding, validTo: moment });
  if (into && into.validFrom <= from.validFrom) return { ended: [close(from)], created: null };
  const created: Binding = { ...from, bindingId: newId(), customerId: intoCustomerId, validFrom: moment, validTo: null };
  return { ended: into ? [close(from), close(into)] : [close(from)], created };
}
