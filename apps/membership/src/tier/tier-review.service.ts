import { Injectable } from '@nestjs/common';
import { BrandDirectory, idIn, idOut, type Tx } from '@concentric/service-kit';
import { PersonRepository } from '../member/person.repository';
import { PersonService } from '../member/person.service';
import { Roster } from '../member/roster.rules';
import { SettingService } from '../setting/setting.service';
import { TIERS } from './tier.rules';

const SLICE = 500;

/** The yearly review of tiers: by ageing alone a tier falls on its anniversary only, one step at a time. */
@Injectable()
export class TierReviewService {
  constructor(
    private readonly brands: BrandDirectory,
    private readonly persons: PersonRepository,
    private readonly decided: PersonService,
    private readonly settings: SettingService,
  ) {}

  /** Reviews up to 500 members whose anniversary is on or before a date. @returns how many; 0 when nobody is left */
  async reviewSome(tx: Tx, brandId: string, businessDate: string): Promise<number> {
    const brand = await this.brands.get(tx, brandId);
    const rows: { customer_id: Uint8Array }[] = await tx.query(
      // The tiers are named for the sake of the index, which begins with them.
      `SELECT customer_id FROM customer WHERE brand_id = ? AND tier IN (?, ?, ?, ?) AND review_on <= ? ORDER BY review_on, customer_id LIMIT ${SLICE}`,
      [idIn(brandId), ...TIERS.slice(1), businessDate],
    );
    const locked = await this.persons.lock(
      tx,
      rows.map((row) => idOut(row.customer_id)),
    );
    const due = [...new Set(locked.values())].filter(({ reviewOn }) => reviewOn !== null && reviewOn <= businessDate);
    const at = brand.calendar.endOfDate(businessDate);
    await this.persons.loadSpends(tx, due, at, brand.currency);
    const roster = new Roster(await this.settings.policy(tx, brand), () => '', locked);
    for (const person of due) roster.review(person, Math.max(at, person.tierSince));
    await this.decided.save(tx, brand, roster);
    return rows.length;
  }
}
