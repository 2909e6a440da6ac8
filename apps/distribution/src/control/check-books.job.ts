import { Injectable } from '@nestjs/common';
import { BrandDirectory, Clock, DailyJob, Job, nextDate, type DailyRun } from '@concentric/service-kit';
import { BookControl } from './book-control.service';

export const CHECK_BOOKS = 'check-books';

/** Checks the books of a brand after every business date, and when asked to. */
@Injectable()
export class CheckBooks {
  constructor(
    private readonly controls: BookControl,
    private readonly brands: BrandDirectory,
    private readonly clock: Clock,
  ) {}

  @DailyJob('check-books-daily')
  async afterDay({ brandId, businessDate }: DailyRun): Promise<void> {
    const { calendar } = await this.brands.get(null, brandId);
    // The books are checked as they are now: of days that are caught up with, the last one is enough.
    if (nextDate(businessDate) < calendar.businessDate(this.clock.now())) return;
    await this.controls.run(brandId, 'daily');
  }

  @Job(CHECK_BOOKS)
  async now(payload: object): Promise<void> {
    await this.controls.run((payload as { brandId: string }).brandId, 'asked');
  }
}
