import { Injectable } from '@nestjs/common';
import { memberRegistered, tierChanged } from '@concentric/contracts';
import { Outbox, iso, type Brand, type Tx } from '@concentric/service-kit';
import { tierOf } from '../tier/tier.rules';
import { PersonRepository } from './person.repository';
import type { Roster } from './roster.rules';

/** Writes what has been decided about persons, and tells it. */
@Injectable()
export class PersonService {
  constructor(
    private readonly persons: PersonRepository,
    private readonly outbox: Outbox,
  ) {}

  async save(tx: Tx, brand: Brand, roster: Roster): Promise<void> {
    const { brandId, calendar } = brand;
    await this.persons.save(tx, brandId, roster);
    await this.outbox.add(
      tx,
      memberRegistered,
      roster.registered.map(({ person, at }) => ({
        brandId,
        customerId: person.customerId,
        occurredAt: iso(at),
        businessDate: calendar.businessDate(at),
        joinChannel: 'purchase',
      })),
    );
    await this.outbox.add(
      tx,
      tierChanged,
      roster.tierChanges.map(({ person, from, to, reason, growth, at }) => ({
        brandId,
        customerId: person.customerId,
        from: from === null ? null : tierOf(from),
        to: tierOf(to),
        reason,
        growthValue: growth,
        occurredAt: iso(at),
        businessDate: calendar.businessDate(at),
      })),
    );
  }
}
