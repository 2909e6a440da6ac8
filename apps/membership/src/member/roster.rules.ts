import {
  anniversaryOf,
  growthValue,
  levelAfterAnniversary,
  levelAfterRefund,
  levelFor,
  TOP_LEVEL,
  tierOf,
  type Spend,
  type Tier,
  type TierLadder,
} from '../tier/tier.rules';

/** How a brand decides about its members. Dates are those of the brand's zone. */
export interface MemberPolicy {
  readonly registerOnPurchase: boolean;
  readonly ladder: TierLadder;
  dateOf(at: number): string;
}

/** A person as a unit of work sees it. `level` null: no member. */
export interface Person {
  readonly customerId: string;
  /** Not stored yet. */
  readonly isNew: boolean;
  changed: boolean;
  knownFrom: number;
  memberSince: number | null;
  joinChannel: string | null;
  level: number | null;
  tierSeq: number;
  tierSince: number;
  reviewOn: string | null;
  mergedInto: Person | null;
  /** Purchases that may count; null when nobody needed to look: the top tier cannot rise. */
  spends: Spend[] | null;
  /** Tiers held before the present one, for purchases that arrive late. */
  earlier: readonly { level: number; from: number; to: number }[];
}

export interface PurchaseFact {
  readonly orderId: string;
  readonly at: number;
  readonly netMinor: number;
  /** Keys of the buyer's identities, without repetition. */
  readonly identities: readonly string[];
}

export interface Attribution {
  readonly person: Person | null;
  readonly member: boolean;
  readonly tier: Tier | null;
  /** Persons whom this order showed to be the same one. */
  readonly merged: readonly Person[];
}

export type TierReason = 'registered' | 'spend' | 'refund' | 'anniversary' | 'merge';
export interface TierChange {
  readonly person: Person;
  readonly seq: number;
  readonly from: number | null;
  readonly to: number;
  readonly at: number;
  readonly reason: TierReason;
  readonly growth: number;
  endedAt: number | null;
}
export interface StatusStart {
  readonly person: Person;
  readonly at: number;
  readonly reason: 'purchase' | 'merged';
  endedAt: number | null;
}
export interface Merge {
  readonly mergeId: string;
  readonly from: Person;
  readonly into: Person;
  readonly at: number;
  readonly orderId: string;
}

/** A person nobody has met before. */
export function newPerson(customerId: string, knownFrom: number): Person {
  return {
    customerId,
    isNew: true,
    changed: true,
    knownFrom,
    memberSince: null,
    joinChannel: null,
    level: null,
    tierSeq: 0,
    tierSince: 0,
    reviewOn: null,
    mergedInto: null,
    spends: [],
    earlier: [],
  };
}

/** The person that lives on, for one that may have been merged. */
export function livingPerson(person: Person): Person {
  let living = person;
  while (living.mergedInto) living = living.mergedInto;
  return living;
}

/**
 * The persons of one brand in one unit of work, and everything that is decided about them: decisions are
 * made one after the other, in order of occurrence, and written together at the end.
 */
export class Roster {
  readonly registered: { person: Person; at: number }[] = [];
  readonly statusStarts: StatusStart[] = [];
  readonly statusEnds: { person: Person; at: number }[] = [];
  readonly tierChanges: TierChange[] = [];
  readonly tierEnds: { person: Person; seq: number; at: number }[] = [];
  readonly merges: Merge[] = [];
  readonly newIdentities = new Map<string, Person>();

  constructor(
    readonly policy: MemberPolicy,
    private readonly makeId: () => string,
    /** Persons by identity key, as stored. */
    private readonly known: Map<string, Person>,
  ) {}

  /** Everybody that has to be written. */
  changed(): Person[] {
    const all = new Set([...this.known.values(), ...this.newIdentities.values(), ...this.merges.map(({ from }) => from)]);
    return [...all].filter(({ changed }) => changed);
  }

  /** Who placed this order, were they a member, of which tier: what is frozen with the purchase. */
  attribute(order: PurchaseFact): Attribution {
    if (order.identities.length === 0) return { person: null, member: false, tier: null, merged: [] };
    const before = this.merges.length;
    const person = this.personOf(order);
    const merged = this.merges.slice(before).map(({ from }) => from);
    if (order.at < person.knownFrom) Object.assign(person, { knownFrom: order.at, changed: true });
    person.spends?.push({ orderId: order.orderId, at: order.at, netMinor: order.netMinor });
    if (person.memberSince !== null) this.rise(person, order.at, 'spend');
    else if (this.policy.registerOnPurchase) this.register(person, order.at);
    // A purchase that arrives late would have registered its buyer, too: the flag does not depend on what came first.
    const member = this.policy.registerOnPurchase || (person.memberSince !== null && person.memberSince <= order.at);
    return { person, member, tier: member ? this.tierAt(person, order.at) : null, merged };
  }

  /** Takes back a part of an earlier purchase; `person.spends` must be known. */
  refund(person: Person, refund: { orderId: string; amountMinor: number; at: number }): void {
    const spends = person.spends ?? [];
    const asOf = this.latest(person, refund.at);
    const held = { level: person.level ?? 0, since: person.tierSince };
    const level = levelAfterRefund(held, spends, refund, asOf, this.policy.ladder);
    if (person.level === null || level >= person.level) return;
    this.moveTier(person, level, Math.max(refund.at, person.tierSince), 'refund', growthValue(spends, asOf, this.policy.ladder));
  }

  /** The yearly look at a tier: kept for another year, or one step down from `at` on. */
  review(person: Person, at: number): void {
    if (person.level === null || person.reviewOn === null) return;
    const growth = growthValue(person.spends ?? [], at, this.policy.ladder);
    const level = levelAfterAnniversary(person.level, growth, this.policy.ladder);
    if (level < person.level) this.moveTier(person, level, at, 'anniversary', growth);
    else Object.assign(person, { reviewOn: anniversaryOf(person.reviewOn), changed: true });
  }

  private personOf(order: PurchaseFact): Person {
    const found = new Set<Person>();
    for (const key of order.identities) {
      const person = this.known.get(key) ?? this.newIdentities.get(key);
      if (person) found.add(livingPerson(person));
    }
    const [eldest, ...others] = [...found].sort((a, b) => a.knownFrom - b.knownFrom || (a.customerId < b.customerId ? -1 : 1));
    const person = eldest ?? newPerson(this.makeId(), order.at);
    for (const other of others) this.merge(person, other, order);
    for (const key of order.identities) {
      if (!this.known.has(key) && !this.newIdentities.has(key)) this.newIdentities.set(key, person);
    }
    return person;
  }

  private register(person: Person, at: number): void {
    Object.assign(person, { memberSince: at, joinChannel: 'purchase', changed: true });
    this.registered.push({ person, at });
    this.statusStarts.push({ person, at, reason: 'purchase', endedAt: null });
    const growth = growthValue(person.spends ?? [], this.latest(person, at), this.policy.ladder);
    this.moveTier(person, levelFor(growth, this.policy.ladder), at, 'registered', growth);
  }

  private rise(person: Person, at: number, reason: TierReason): void {
    if (person.spends === null || person.level === null || person.level === TOP_LEVEL) return;
    const asOf = this.latest(person, at);
    const growth = growthValue(person.spends, asOf, this.policy.ladder);
    const level = levelFor(growth, this.policy.ladder);
    if (level > person.level) this.moveTier(person, level, asOf, reason, growth);
  }

  private merge(into: Person, from: Person, order: PurchaseFact): void {
    const at = Math.max(order.at, from.memberSince ?? 0, from.tierSince, into.tierSince);
    this.merges.push({ mergeId: this.makeId(), from, into, at, orderId: order.orderId });
    into.spends = into.spends && from.spends ? [...into.spends, ...from.spends] : null;
    if (from.memberSince !== null) {
      this.endStatus(from, at);
      if (into.memberSince === null) {
        Object.assign(into, { memberSince: from.memberSince, joinChannel: from.joinChannel });
        this.statusStarts.push({ person: into, at: from.memberSince, reason: 'merged', endedAt: null });
      }
      this.endTier(from, at);
      const level = Math.max(into.level ?? 0, from.level ?? 0);
      // The higher of two held tiers stays held; what both have spent together may lift it further.
      if (into.level === null || level > into.level) {
        this.moveTier(into, level, at, 'merge', growthValue(into.spends ?? [], at, this.policy.ladder));
      }
    }
    this.rise(into, at, 'merge');
    Object.assign(into, { changed: true });
    Object.assign(from, { mergedInto: into, memberSince: null, level: null, reviewOn: null, changed: true });
  }

  private moveTier(person: Person, level: number, at: number, reason: TierReason, growth: number): void {
    const from = person.level;
    this.endTier(person, at);
    Object.assign(person, {
      level,
      tierSeq: person.tierSeq + 1,
      tierSince: at,
      reviewOn: level > 0 ? anniversaryOf(this.policy.dateOf(at)) : null,
      changed: true,
    });
    this.tierChanges.push({ person, seq: person.tierSeq, from, to: level, at, reason, growth, endedAt: null });
  }

  private endTier(person: Person, at: number): void {
    if (person.level === null) return;
    const decidedHere = this.tierChanges.find((change) => change.person === person && change.seq === person.tierSeq);
    if (decidedHere) decidedHere.endedAt = at;
    else this.tierEnds.push({ person, seq: person.tierSeq, at });
  }

  private endStatus(person: Person, at: number): void {
    const decidedHere = this.statusStarts.find((start) => start.person === person);
    if (decidedHere) decidedHere.endedAt = at;
    else this.statusEnds.push({ person, at });
  }

  /** Nothing is decided as of a moment before what is known already: late facts count from now on. */
  private latest(person: Person, at: number): number {
    return (person.spends ?? []).reduce((latest, spend) => Math.max(latest, spend.at), Math.max(at, person.tierSince));
  }

  private tierAt(person: Person, at: number): Tier | null {
    if (person.level !== null && at >= person.tierSince) return tierOf(person.level);
    const decidedHere = this.tierChanges.find((c) => c.person === person && c.at <= at && at < (c.endedAt ?? Infinity));
    if (decidedHere) return tierOf(decidedHere.to);
    return tierOf(person.earlier.find(({ from, to }) => from <= at && at < to)?.level ?? 0);
  }
}
