import { Injectable } from '@nestjs/common';
import { idIn, idOut, insertRows, int, intOrNull, rowLock, selectIn, updateRows, type Tx } from '@concentric/service-kit';
import { levelOf, rollingStart, tierOf, type Spend } from '../tier/tier.rules';
import { livingPerson, type Person, type Roster } from './roster.rules';

interface PersonRow {
  customer_id: Uint8Array;
  known_from: unknown;
  member_since: unknown;
  join_channel: string | null;
  tier: string | null;
  tier_seq: unknown;
  tier_since: unknown;
  review_on: string | null;
  merged_into: Uint8Array | null;
}

const PERSON_COLUMNS = 'customer_id, known_from, member_since, join_channel, tier, tier_seq, tier_since, review_on, merged_into';

/** Persons in bulk: locked in one global order, loaded and written by a few multi-row statements. */
@Injectable()
export class PersonRepository {
  /**
   * Persons by id, locked against every other decision until the transaction ends. A person that has been
   * merged in the meantime is followed to the one that lives on.
   */
  async lock(tx: Tx, ids: Iterable<string>): Promise<Map<string, Person>> {
    const found = new Map<string, Person>();
    const followed = new Map<string, string>();
    let wanted = [...new Set(ids)].sort();
    while (wanted.length > 0) {
      const rows = await selectIn<PersonRow>(
        tx,
        `SELECT ${PERSON_COLUMNS} FROM customer WHERE customer_id IN (?in) ORDER BY customer_id${rowLock(tx, 'update')}`,
        wanted.map(idIn),
      );
      for (const row of rows) {
        const id = idOut(row.customer_id);
        if (row.merged_into) followed.set(id, idOut(row.merged_into));
        else found.set(id, personOf(id, row));
      }
      wanted = [...new Set(followed.values())].filter((id) => !found.has(id) && !followed.has(id)).sort();
    }
    for (const from of followed.keys()) {
      let living = from;
      for (let next = followed.get(living); next !== undefined; next = followed.get(living)) living = next;
      const person = found.get(living);
      if (person) found.set(from, person);
    }
    return found;
  }

  /** Fills in what these persons have spent, as far as it may count at `from` or at any later moment. */
  async loadSpends(tx: Tx, persons: readonly Person[], from: number, currency: string): Promise<void> {
    if (persons.length === 0) return;
    const byId = new Map(persons.map((person) => [person.customerId, person]));
    for (const person of persons) person.spends = [];
    const rows = await selectIn<{
      customer_id: Uint8Array;
      order_id: Uint8Array;
      occurred_at: unknown;
      net_minor: unknown;
      refunded_minor: unknown;
    }>(
      tx,
      'SELECT customer_id, order_id, occurred_at, net_minor, refunded_minor FROM purchase WHERE customer_id IN (?in) AND occurred_at > ? AND currency = ?',
      [...byId.keys()].map(idIn),
      [],
      [rollingStart(from), currency],
    );
    for (const row of rows) {
      const spend: Spend = {
        orderId: idOut(row.order_id),
        at: int(row.occurred_at),
        netMinor: int(row.net_minor) - int(row.refunded_minor),
      };
      byId.get(idOut(row.customer_id))?.spends?.push(spend);
    }
  }

  /** Fills in the tiers these persons held before the present one. */
  async loadEarlierTiers(tx: Tx, persons: readonly Person[]): Promise<void> {
    if (persons.length === 0) return;
    const byId = new Map(persons.map((person) => [person.customerId, person]));
    const rows = await selectIn<{ customer_id: Uint8Array; tier: string; valid_from: unknown; valid_to: unknown }>(
      tx,
      'SELECT customer_id, tier, valid_from, valid_to FROM tier_history WHERE customer_id IN (?in) AND valid_to IS NOT NULL',
      [...byId.keys()].map(idIn),
    );
    for (const row of rows) {
      const person = byId.get(idOut(row.customer_id));
      if (person) person.earlier = [...person.earlier, { level: levelOf(row.tier), from: int(row.valid_from), to: int(row.valid_to) }];
    }
  }

  /** Writes everything a roster has decided about persons: nothing else writes these tables. */
  async save(tx: Tx, brandId: string, roster: Roster): Promise<void> {
    await this.saveMerges(tx, brandId, roster);
    const changed = roster.changed().sort((a, b) => (a.customerId < b.customerId ? -1 : 1));
    const brand = idIn(brandId);
    await insertRows(
      tx,
      'customer',
      ['customer_id', 'brand_id', ...stateColumns],
      changed.filter(({ isNew }) => isNew).map((person) => [idIn(person.customerId), brand, ...stateOf(person)]),
    );
    await updateRows(
      tx,
      'customer',
      ['customer_id'],
      stateColumns,
      changed.filter(({ isNew }) => !isNew).map((person) => [idIn(person.customerId), ...stateOf(person)]),
    );
    await insertRows(
      tx,
      'member_status',
      ['customer_id', 'seq', 'brand_id', 'status', 'valid_from', 'valid_to', 'reason', 'end_reason'],
      roster.statusStarts.map(({ person, at, reason, endedAt }) => [
        idIn(person.customerId),
        1,
        brand,
        'member',
        at,
        endedAt,
        reason,
        endedAt === null ? null : 'merged',
      ]),
    );
    await updateRows(
      tx,
      'member_status',
      ['customer_id', 'seq'],
      ['valid_to', 'end_reason'],
      roster.statusEnds.map(({ person, at }) => [idIn(person.customerId), 1, at, 'merged']),
    );
    await insertRows(
      tx,
      'tier_history',
      ['customer_id', 'seq', 'brand_id', 'tier', 'valid_from', 'valid_to', 'reason', 'growth_value'],
      roster.tierChanges.map(({ person, seq, to, at, endedAt, reason, growth }) => [
        idIn(person.customerId),
        seq,
        brand,
        tierOf(to),
        at,
        endedAt,
        reason,
        growth,
      ]),
    );
    await updateRows(
      tx,
      'tier_history',
      ['customer_id', 'seq'],
      ['valid_to'],
      roster.tierEnds.map(({ person, seq, at }) => [idIn(person.customerId), seq, at]),
    );
  }

  /** Retired persons leave their identities and purchases to whoever lives on. */
  private async saveMerges(tx: Tx, brandId: string, roster: Roster): Promise<void> {
    for (const { from } of roster.merges) {
      const living = idIn(livingPerson(from).customerId);
      await tx.query('UPDATE identity SET customer_id = ? WHERE customer_id = ?', [living, idIn(from.customerId)]);
      await tx.query('UPDATE purchase SET customer_id = ? WHERE customer_id = ?', [living, idIn(from.customerId)]);
    }
    await insertRows(
      tx,
      'customer_merge',
      ['from_customer_id', 'merge_id', 'brand_id', 'into_customer_id', 'occurred_at', 'order_id'],
      roster.merges.map(({ mergeId, from, into, at, orderId }) => [
        idIn(from.customerId),
        idIn(mergeId),
        idIn(brandId),
        idIn(into.customerId),
        at,
        idIn(orderId),
      ]),
    );
  }
}

const stateColumns = ['known_from', 'member_since', 'join_channel', 'tier', 'tier_seq', 'tier_since', 'review_on', 'merged_into'];

function stateOf(person: Person): unknown[] {
  const tier = person.level === null ? null : tierOf(person.level);
  const merged = person.mergedInto ? idIn(person.mergedInto.customerId) : null;
  return [
    person.knownFrom,
    person.memberSince,
    person.joinChannel,
    tier,
    person.tierSeq,
    tier === null ? null : person.tierSince,
    person.reviewOn,
    merged,
  ];
}

function personOf(customerId: string, row: PersonRow): Person {
  return {
    customerId,
    isNew: false,
    changed: false,
    knownFrom: int(row.known_from),
    memberSince: intOrNull(row.member_since),
    joinChannel: row.join_channel,
    level: row.tier === null ? null : levelOf(row.tier),
    tierSeq: int(row.tier_seq),
    tierSince: intOrNull(row.tier_since) ?? 0,
    reviewOn: row.review_on,
    mergedInto: null,
    spends: null,
    earlier: [],
  };
}
