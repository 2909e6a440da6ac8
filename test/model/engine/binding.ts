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

interface Bond {
  partner: string;
  /** The purchase that made it; it holds for everything after. */
  madeAt: number;
  lastSeen: number;
}

/** Whom people are bound to: a list of bonds per person, each in force until the next one. */
export class Bindings {
  private readonly bonds = new Map<string, Bond[]>();

  constructor(private readonly policy: BindingPolicy) {}

  partnerAt(customer: string, at: number): string | undefined {
    return (this.bonds.get(customer) ?? []).filter((bond) => bond.madeAt < at).at(-1)?.partner;
  }

  /** Takes what was bought and decided together. What happened in one instant is one decision. */
  take(buys: readonly Buy[]): void {
    const ordered = [...buys].sort((a, b) => a.at - b.at || a.lineNo - b.lineNo || (a.externalId < b.externalId ? -1 : 1));
    for (const at of new Set(ordered.map((buy) => buy.at))) {
      for (const customer of new Set(ordered.map((buy) => buy.customer))) {
        const partners = ordered.filter((buy) => buy.at === at && buy.customer === customer).map((buy) => buy.partner);
        if (partners.length > 0) this.decide(customer, at, partners);
      }
    }
  }

  private decide(customer: string, at: number, partners: readonly string[]): void {
    const own = this.bonds.get(customer) ?? [];
    const active = own.at(-1);
    // Whoever comes after a decision of a later purchase has no say.
    if (active && at < active.madeAt) return;
    const wanted = this.policy.mode === 'last' ? partners.at(-1)! : partners[0]!;
    if (!active || (at > active.madeAt && wanted !== active.partner && this.free(active, at)))
      this.bonds.set(customer, [...own, { partner: wanted, madeAt: at, lastSeen: at }]);
    else if (partners.includes(active.partner) && at > active.lastSeen) active.lastSeen = at;
  }

  private free(active: Bond, at: number): boolean {
    const { mode, protectionDays } = this.policy;
    if (mode === 'protected') return protectionDays !== null && at - active.lastSeen >= protectionDays * DAY;
    return mode === 'last';
  }
}
