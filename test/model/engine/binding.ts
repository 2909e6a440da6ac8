import { DAY } from './wall-calendar';

export interface BindingPolicy {
  mode: 'first' | 'last' | 'protected';
  protectionDays: number | null;
}

/** What somebody bought that could bind them. */
export interface Buy {
  customer: string;
  at: number;
  lineNo: number;
  externalId: string;
  partner: string;
}

/** An order showed that a person is another one. */
export interface Merge {
  retired: string;
  customer: string;
  at: number;
}

export interface Bond {
  partner: string;
  /** The first instant it holds for: a purchase binds everything strictly after it. */
  from: number;
  /** null: still in force. */
  until: number | null;
  /** When the purchase was that made it, or the one that it goes back to through merges. */
  madeAt: number;
  lastSeen: number;
}

/** Whom people are bound to, and who turned out to be whom. */
export class Bindings {
  readonly bonds = new Map<string, Bond[]>();
  private readonly merges = new Map<string, Merge>();

  constructor(private readonly policy: BindingPolicy) {}

  isRetired(customer: string): boolean {
    return this.merges.has(customer);
  }

  /** By what is known of the person now, as of then. */
  partnerAt(customer: string, at: number): string | undefined {
    return this.bonds.get(this.personAt(customer, at))?.find((bond) => bond.from <= at && (bond.until === null || at < bond.until))
      ?.partner;
  }

  /** Takes what was bought and found out together. What happened in one instant is one decision, and merges come before it. */
  take(buys: readonly Buy[], merges: readonly Merge[]): void {
    const byTime = (a: { at: number }, b: { at: number }) => a.at - b.at;
    const ordered = [...buys].sort((a, b) => byTime(a, b) || a.lineNo - b.lineNo || (a.externalId < b.externalId ? -1 : 1));
    const coming = merges.filter(({ retired }) => !this.isRetired(retired)).sort(byTime);
    for (const at of [...new Set([...ordered, ...coming].map((one) => one.at))].sort((a, b) => a - b)) {
      for (const merge of coming) if (merge.at === at) this.merge(merge);
      const now = ordered.filter((buy) => buy.at === at).map((buy) => ({ ...buy, customer: this.personAt(buy.customer, at) }));
      for (const customer of new Set(now.map((buy) => buy.customer)))
        this.decide(
          customer,
          at,
          now.filter((buy) => buy.customer === customer).map(({ partner }) => partner),
        );
    }
  }

  private personAt(customer: string, at: number): string {
    const merge = this.merges.get(customer);
    return merge && merge.at <= at ? this.personAt(merge.customer, at) : customer;
  }

  /** The older bond survives, under the survivor's name; both begin and end with the merge. */
  private merge(merge: Merge): void {
    this.merges.set(merge.retired, merge);
    const survivor = this.lastOf(merge.customer);
    const [theirs, own] = [this.open(merge.retired), this.open(survivor.customer)];
    if (!theirs) return;
    const moment = Math.max(merge.at, survivor.since, theirs.from + 1, own ? own.from + 1 : 0);
    theirs.until = moment;
    const seen = [theirs, own].filter((bond) => bond !== undefined);
    const lastSeenAt = (partner: string) => Math.max(...seen.filter((bond) => bond.partner === partner).map((bond) => bond.lastSeen));
    if (own && own.madeAt <= theirs.madeAt) own.lastSeen = lastSeenAt(own.partner);
    else {
      if (own) own.until = moment;
      this.bind(survivor.customer, { ...theirs, from: moment, until: null, lastSeen: lastSeenAt(theirs.partner) });
    }
  }

  /** Who lives on by all that has been found out, and since when. */
  private lastOf(customer: string): { customer: string; since: number } {
    const merge = this.merges.get(customer);
    if (!merge) return { customer, since: 0 };
    const last = this.lastOf(merge.customer);
    return { customer: last.customer, since: Math.max(merge.at, last.since) };
  }

  private decide(customer: string, at: number, partners: readonly string[]): void {
    // Whoever comes after a decision of a later purchase has no say, nor after it was found out who they are.
    const active = this.open(customer);
    if (this.isRetired(customer) || (active && at < active.from - 1)) return;
    const wanted = this.policy.mode === 'last' ? partners.at(-1)! : partners[0]!;
    if (!active || (at >= active.from && wanted !== active.partner && this.free(active, at))) {
      if (active) active.until = at + 1;
      this.bind(customer, { partner: wanted, from: at + 1, until: null, madeAt: at, lastSeen: at });
    } else if (partners.includes(active.partner) && at > active.lastSeen) active.lastSeen = at;
  }

  private free(active: Bond, at: number): boolean {
    const { mode, protectionDays } = this.policy;
    if (mode === 'protected') return protectionDays !== null && at - active.lastSeen >= protectionDays * DAY;
    return mode === 'last' && at > active.lastSeen;
  }

  private open(customer: string): Bond | undefined {
    return this.bonds.get(customer)?.find((bond) => bond.until === null);
  }

  private bind(customer: string, bond: Bond): void {
    this.bonds.set(customer, [...(this.bonds.get(customer) ?? []), bond]);
  }
}
