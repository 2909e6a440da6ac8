import { Injectable } from '@nestjs/common';
import type { Brand, Tx } from '@concentric/service-kit';
import { PersonRepository } from '../member/person.repository';
import { PersonService } from '../member/person.service';
import { Roster, type Person } from '../member/roster.rules';
import { SettingService } from '../setting/setting.service';
import { PurchaseRepository, type RefundRecord } from './purchase.repository';

/** Takes refunds back from what persons have spent, and the tiers with it that they had helped to reach. */
@Injectable()
export class RefundService {
  constructor(
    private readonly purchases: PurchaseRepository,
    private readonly persons: PersonRepository,
    private readonly decided: PersonService,
    private readonly settings: SettingService,
  ) {}

  /** Applies refunds of one brand, each for the first time; those whose order is not known yet stay parked. */
  async takeBack(tx: Tx, brand: Brand, refunds: readonly RefundRecord[]): Promise<void> {
    if (refunds.length === 0) return;
    const buyers = await this.purchases.buyers(
      tx,
      refunds.map(({ orderId }) => orderId),
    );
    const ready = refunds.filter(({ orderId }) => buyers.has(orderId)).sort((a, b) => a.at - b.at || (a.refundId < b.refundId ? -1 : 1));
    if (ready.length === 0) return;
    const persons = await this.persons.lock(
      tx,
      [...buyers.values()].filter((id) => id !== null),
    );
    const holders = [...new Set(persons.values())].filter(({ level }) => level !== null && level > 0);
    const earned = holders.reduce((least, { tierSince }) => Math.min(least, tierSince), Infinity);
    await this.persons.loadSpends(tx, holders, earned, brand.currency);
    const roster = new Roster(await this.settings.policy(tx, brand), noNewPerson, persons);
    for (const refund of ready) {
      const person: Person | undefined = persons.get(buyers.get(refund.orderId) ?? '');
      if (person) roster.refund(person, refund);
    }
    await this.purchases.takeBack(tx, ready);
    await this.decided.save(tx, brand, roster);
  }
}

const noNewPerson = (): string => {
  throw new Error('a refund makes no new person');
};
