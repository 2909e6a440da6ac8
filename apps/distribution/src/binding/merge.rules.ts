import type { Binding, BindingDecision, NewBinding } from './binding.rules';

/** An order showed that a person is another one, who lives on as `customerId`. */
export interface Merge {
  retiredId: string;
  customerId: string;
  occurredAt: number;
  orderId: string;
}

/** Who a person was at a moment (epoch ms): merges that happened later do not count. `merges` by retired person. */
export function personAt(customerId: string, at: number, merges: ReadonlyMap<string, Merge>): string {
  let person = customerId;
  for (let merge = merges.get(person); merge && merge.occurredAt <= at; merge = merges.get(person)) person = merge.customerId;
  return person;
}

/**
 * A merge as it takes effect: into whoever the survivor has become by merges that have taken effect already (those that are
 * still to come take along what this one leaves), and not before the last of them.
 */
export function inEffect(merge: Merge, merges: ReadonlyMap<string, Merge>, coming: readonly Merge[]): Merge {
  let { customerId, occurredAt } = merge;
  for (let next = merges.get(customerId); next && !coming.includes(next); next = merges.get(customerId)) {
    customerId = next.customerId;
    occurredAt = Math.max(occurredAt, next.occurredAt);
  }
  return { ...merge, customerId, occurredAt };
}

/**
 * The older binding survives a merge, counted from the purchase that it goes back to through earlier merges. It is never
 * rewritten: when it was the retired person's it ends there, and one with the same partner begins for the survivor. What either
 * bought at that partner counts as its latest purchase. `known` is updated in place, what was done is added to `decision`.
 */
export function mergeBindings(merge: Merge, known: Map<string, Binding[]>, newId: () => string, decision: BindingDecision): void {
  const active = (customerId: string) => known.get(customerId)?.find((binding) => binding.validTo === null);
  const from = active(merge.retiredId);
  if (!from) return;
  const into = active(merge.customerId);
  const moment = Math.max(merge.occurredAt, from.validFrom + 1, (into?.validFrom ?? 0) + 1);
  const end = (binding: Binding) => {
    Object.assign(binding, { validTo: moment, endReason: 'merged' });
    decision.ended.push(binding);
  };
  end(from);
  const isSame = into?.partnerId === from.partnerId;
  if (into && into.madeAt <= from.madeAt) {
    if (isSame) noteLatest(into, from.lastPurchaseAt, decision);
    return;
  }
  if (into) end(into);
  const created: NewBinding = {
    bindingId: newId(),
    customerId: merge.customerId,
    partnerId: from.partnerId,
    validFrom: moment,
    validTo: null,
    endReason: null,
    madeAt: from.madeAt,
    lastPurchaseAt: into && isSame ? Math.max(into.lastPurchaseAt, from.lastPurchaseAt) : from.lastPurchaseAt,
    reason: 'merged',
    orderId: merge.orderId,
    lineNo: null,
  };
  decision.created.push(created);
  known.set(merge.customerId, [...(known.get(merge.customerId) ?? []), created]);
}

/** Somebody bought at the partner they are bound to. */
export function noteLatest(binding: Binding, at: number, decision: BindingDecision): void {
  if (at <= binding.lastPurchaseAt) return;
  binding.lastPurchaseAt = at;
  decision.touched.add(binding);
}
