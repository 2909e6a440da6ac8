import { inEffect, mergeBindings, noteLatest, personAt, type Merge } from './merge.rules';

/**
 * Who a person is bound to, decided purchase by purchase in order of occurrence. Pure.
 *
 * A binding made by a purchase at instant t holds from t + 1 ms on: only strictly later purchases earn by it.
 * Everything a person buys in one instant is one decision, however many orders the cart was split into.
 */

export type BindingMode = 'first' | 'last' | 'protected';

export interface BindingPolicy {
  mode: BindingMode;
  /** Days without a purchase at the bound partner after which another may take over; null: never. Only for `protected`. */
  protectionDays: number | null;
}

export interface Binding {
  bindingId: string;
  customerId: string;
  partnerId: string;
  validFrom: number;
  /** null: still in force. */
  validTo: number | null;
  endReason: 'reassigned' | 'merged' | null;
  /** When the purchase was that made it; after a merge, that of the binding it continues. */
  madeAt: number;
  /** Latest purchase at the bound partner: protection counts from here, and nobody takes over by what was bought before it. */
  lastPurchaseAt: number;
}

/** A line somebody bought, with the partner it would bind the buyer to (null: nobody). */
export interface Candidate {
  customerId: string;
  occurredAt: number;
  lineNo: number;
  externalId: string;
  orderId: string;
  partnerId: string | null;
}

export interface NewBinding extends Binding {
  reason: 'first_purchase' | 'latest_purchase' | 'protection_ended' | 'merged';
  orderId: string;
  /** null: a merge, which is the whole order's doing. */
  lineNo: number | null;
}

export interface BindingDecision {
  created: NewBinding[];
  /** Bindings that ended, with their new end. */
  ended: Binding[];
  /** Bindings whose lastPurchaseAt moved on; some of them may have been created here, too. */
  touched: Set<Binding>;
  /** Orders whose purchase came too late to have a say: an own decision of a later purchase stands, and so does a later merge. */
  late: Set<string>;
}

const DAY_MS = 86_400_000;

/** Order in which purchases decide: by time, then line number, then order number. */
export function byOccurrence(a: Candidate, b: Candidate): number {
  return a.occurredAt - b.occurredAt || a.lineNo - b.lineNo || (a.externalId < b.externalId ? -1 : a.externalId > b.externalId ? 1 : 0);
}

/** The binding in force for a person at a moment, among all bindings that person ever had. */
export function bindingAt(bindings: readonly Binding[] | undefined, at: number): Binding | undefined {
  return bindings?.find((binding) => binding.validFrom <= at && (binding.validTo === null || at < binding.validTo));
}

/** The binding that a person was bound by at a moment, whoever they turned out to be by then. */
export function bindingOf(
  customerId: string,
  at: number,
  known: ReadonlyMap<string, readonly Binding[]>,
  merges: ReadonlyMap<string, Merge>,
): Binding | undefined {
  return bindingAt(known.get(personAt(customerId, at, merges)), at);
}

/**
 * Decides the bindings that a set of purchases makes. `known` (all bindings of those persons) is updated in place,
 * so that the purchases can then be asked for the binding of their own moment. `candidates` must hold everything
 * that a person bought in an instant: that is never split over two calls. `merges` (by retired person) are all that are known of
 * those persons; `happening`, in order of occurrence, are those among them that these purchases bring about: each takes
 * effect before the purchases of its instant.
 */
export function decideBindings(
  candidates: readonly Candidate[],
  known: Map<string, Binding[]>,
  policy: BindingPolicy,
  newId: () => string,
  merges: ReadonlyMap<string, Merge> = new Map(),
  happening: readonly Merge[] = [],
): BindingDecision {
  const decision: BindingDecision = { created: [], ended: [], touched: new Set(), late: new Set() };
  const sorted = candidates
    .filter((candidate) => candidate.partnerId !== null)
    .map((candidate) => ({ ...candidate, customerId: personAt(candidate.customerId, candidate.occurredAt, merges) }))
    .sort(byOccurrence);
  const coming = [...happening];
  const mergeUntil = (at: number) => {
    while (coming[0] && coming[0].occurredAt <= at) {
      const merge = coming.shift()!;
      mergeBindings(inEffect(merge, merges, coming), known, newId, decision);
    }
  };
  for (const instant of byPersonAndInstant(sorted)) {
    const { occurredAt, customerId } = instant[0]!;
    mergeUntil(occurredAt);
    // Whom a person was bound to has passed on with the merge; what they bought before it, and is only known now, changes nothing any more.
    const retirement = merges.get(customerId);
    if (retirement && !coming.includes(retirement)) for (const { orderId } of instant) decision.late.add(orderId);
    else decideInstant(instant, known, policy, newId, decision);
  }
  mergeUntil(Infinity);
  return decision;
}

function decideInstant(
  purchases: Candidate[],
  known: Map<string, Binding[]>,
  policy: BindingPolicy,
  newId: () => string,
  decision: BindingDecision,
): void {
  const first = purchases[0]!;
  const at = first.occurredAt;
  const bindings = known.get(first.customerId) ?? [];
  const active = bindings.find((binding) => binding.validTo === null);
  const reason = reasonToBind(active, purchases, policy);
  if (active && (at < active.validFrom - 1 || (reason === 'latest_purchase' && at <= active.lastPurchaseAt))) {
    for (const purchase of purchases) decision.late.add(purchase.orderId);
    return;
  }
  if (!reason) {
    // Whatever the policy is now: another one may count from here.
    if (active && purchases.some((purchase) => purchase.partnerId === active.partnerId)) noteLatest(active, at, decision);
    return;
  }
  const winner = policy.mode === 'last' ? purchases[purchases.length - 1]! : first;
  if (active) {
    Object.assign(active, { validTo: at + 1, endReason: 'reassigned' });
    decision.ended.push(active);
  }
  const created: NewBinding = {
    bindingId: newId(),
    customerId: winner.customerId,
    partnerId: winner.partnerId!,
    validFrom: at + 1,
    validTo: null,
    endReason: null,
    madeAt: at,
    lastPurchaseAt: at,
    reason,
    orderId: winner.orderId,
    lineNo: winner.lineNo,
  };
  decision.created.push(created);
  known.set(winner.customerId, [...bindings, created]);
}

function reasonToBind(active: Binding | undefined, purchases: Candidate[], policy: BindingPolicy): NewBinding['reason'] | null {
  if (!active) return 'first_purchase';
  const at = purchases[0]!.occurredAt;
  // A purchase in the very instant that made the binding is part of that decision.
  if (at < active.validFrom) return null;
  if (policy.mode === 'last') return purchases[purchases.length - 1]!.partnerId === active.partnerId ? null : 'latest_purchase';
  if (policy.mode === 'protected' && policy.protectionDays !== null) {
    const free = at - active.lastPurchaseAt >= policy.protectionDays * DAY_MS;
    return free && purchases[0]!.partnerId !== active.partnerId ? 'protection_ended' : null;
  }
  return null;
}

function* byPersonAndInstant(sorted: Candidate[]): Generator<Candidate[]> {
  const groups = new Map<string, Candidate[]>();
  for (const candidate of sorted) {
    const key = `${candidate.occurredAt}/${candidate.customerId}`;
    const group = groups.get(key);
    if (group) group.push(candidate);
    else groups.set(key, [candidate]);
  }
  yield* groups.values();
}
