import { Injectable } from '@nestjs/common';
import { purchaseAttributed, type OrderPaid, type PurchaseAttributed, type SealedIdentity } from '@concentric/contracts';
import { sumMinor } from '@concentric/money';
import { Clock, newId, Outbox, type Brand, type Tx } from '@concentric/service-kit';
import { identityKey, IdentityRepository } from '../identity/identity.repository';
import { PersonRepository } from '../member/person.repository';
import { livingPerson, Roster, type Attribution, type Person } from '../member/roster.rules';
import { SettingService } from '../setting/setting.service';
import { TOP_LEVEL } from '../tier/tier.rules';
import { PurchaseRepository } from './purchase.repository';

/** An order with what the decisions need at hand. */
interface OrderFact {
  readonly order: OrderPaid;
  readonly at: number;
  readonly netMinor: number;
  readonly keys: readonly string[];
}

/** Says of each order who placed it, as known at that time, and passes it on. */
@Injectable()
export class AttributionService {
  constructor(
    private readonly identities: IdentityRepository,
    private readonly persons: PersonRepository,
    private readonly purchases: PurchaseRepository,
    private readonly settings: SettingService,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes in orders of one brand that are not known yet, in order of occurrence, and publishes them attributed.
   * @returns everybody involved, as decided but not yet written
   */
  async attribute(tx: Tx, brand: Brand, orders: readonly OrderPaid[]): Promise<Roster> {
    const facts = orders.map(factOf).sort(byOccurrence);
    const identities = new Map(facts.flatMap(({ order }) => order.buyer.map((identity) => [identityKey(identity), identity] as const)));
    const known = await this.knownPersons(tx, brand, facts, identities);
    const roster = new Roster(await this.settings.policy(tx, brand), () => newId(this.clock), known);
    const attributions = facts.map((fact): [OrderFact, Attribution] => [
      fact,
      roster.attribute({
        orderId: fact.order.orderId,
        at: fact.at,
        // A rolling spend has one currency; an order in another one counts as a purchase of nothing.
        netMinor: fact.order.currency === brand.currency ? fact.netMinor : 0,
        identities: fact.keys,
      }),
    ]);
    await this.addIdentities(tx, brand, roster, identities, facts);
    await this.addPurchases(tx, attributions);
    await this.outbox.add(tx, purchaseAttributed, attributions.map(publishable));
    return roster;
  }

  private async knownPersons(
    tx: Tx,
    brand: Brand,
    facts: readonly OrderFact[],
    identities: Map<string, SealedIdentity>,
  ): Promise<Map<string, Person>> {
    const owners = await this.identities.owners(tx, brand.brandId, identities.values());
    const locked = await this.persons.lock(tx, owners.values());
    const known = new Map<string, Person>();
    for (const [key, owner] of owners) {
      const person = locked.get(owner);
      if (person) known.set(key, person);
    }
    const spending = new Set<Person>();
    const late = new Set<Person>();
    for (const { at, keys } of facts) {
      const found = new Set(keys.flatMap((key) => known.get(key) ?? []));
      for (const person of found) {
        // The top tier cannot rise, so nobody need add up what it takes to hold it, unless two persons become one.
        if (person.level !== TOP_LEVEL || found.size > 1) spending.add(person);
        if (at < person.tierSince) late.add(person);
      }
    }
    await this.persons.loadSpends(tx, [...spending], facts[0]?.at ?? 0, brand.currency);
    await this.persons.loadEarlierTiers(tx, [...late]);
    return known;
  }

  private async addIdentities(
    tx: Tx,
    brand: Brand,
    roster: Roster,
    identities: Map<string, SealedIdentity>,
    facts: readonly OrderFact[],
  ): Promise<void> {
    const firstSeen = new Map<string, number>();
    for (const { at, keys } of facts) for (const key of keys) if (!firstSeen.has(key)) firstSeen.set(key, at);
    await this.identities.add(
      tx,
      brand.brandId,
      [...roster.newIdentities].flatMap(([key, person]) => {
        const identity = identities.get(key);
        return identity ? [{ identity, customerId: livingPerson(person).customerId, firstSeenAt: firstSeen.get(key) ?? 0 }] : [];
      }),
    );
  }

  private async addPurchases(tx: Tx, attributions: readonly [OrderFact, Attribution][]): Promise<void> {
    await this.purchases.add(
      tx,
      attributions.map(([{ order, at, netMinor }, { person, member, tier }]) => ({
        orderId: order.orderId,
        brandId: order.brandId,
        customerId: person ? livingPerson(person).customerId : null,
        externalId: order.externalId,
        channel: order.channel,
        at,
        businessDate: order.businessDate,
        currency: order.currency,
        netMinor,
        member,
        tier,
      })),
    );
  }
}

function factOf(order: OrderPaid): OrderFact {
  return {
    order,
    at: Date.parse(order.occurredAt),
    netMinor: sumMinor(order.lines.map(({ netMinor }) => netMinor)),
    keys: [...new Set(order.buyer.map(identityKey))],
  };
}

/** The order as it travels on: without the identities, with the person as known then, even if merged since. */
function publishable([{ order }, { person, member, tier, merged }]: [OrderFact, Attribution]): PurchaseAttributed {
  const { buyer: _, ...body } = order;
  return { ...body, customerId: person?.customerId ?? null, member, tier, merged: merged.map(({ customerId }) => customerId) };
}

const byOccurrence = (a: OrderFact, b: OrderFact): number =>
  a.at - b.at || compare(a.order.externalId, b.order.externalId) || compare(a.order.orderId, b.order.orderId);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
