import { Injectable } from '@nestjs/common';
import { BrandDirectory, type BrandCalendar, type Tx } from '@concentric/service-kit';

/** When a business date of a brand is over, as epoch milliseconds: network paths are looked up as of that moment. */
export type EndOfDate = (brandId: string, date: string) => number;

/** Knows the ends of dates for a whole batch after one look at its brands. */
@Injectable()
export class OriginService {
  constructor(private readonly brands: BrandDirectory) {}

  /** @throws UnknownBrand until the brand itself has arrived: the batch is then delivered again */
  async endsOfDates(tx: Tx, facts: readonly { brandId: string }[]): Promise<EndOfDate> {
    const calendars = new Map<string, BrandCalendar>();
    for (const brandId of new Set(facts.map((fact) => fact.brandId))) calendars.set(brandId, (await this.brands.get(tx, brandId)).calendar);
    const ends = new Map<string, number>();
    return (brandId, date) => {
      const key = `${brandId}/${date}`;
      let end = ends.get(key);
      if (end === undefined) {
        const calendar = calendars.get(brandId);
        if (!calendar) throw new Error(`brand ${brandId} was not looked up`);
        ends.set(key, (end = calendar.endOfDate(date)));
      }
      return end;
    };
  }
}
