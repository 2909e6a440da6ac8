import { Injectable } from '@nestjs/common';
import { BrandDirectory, Clock, DailyJob, Job, nextDate, type DailyRun } from '@concentric/service-kit';
import { BookControl } from './book-control.service';

export const CHECK_BOOKS = 'check-books';
/** Days of a history pass in seconds: one check of them all will do. Real time (ms): it paces the work and decides nothing. */
const REST = 600_000;

/** Checks the books of a brand after every business date, and when asked to. */
@Injectable()
export class CheckBooks {
  private readonly checkedAt = new Map<string, number>();

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
    if (performance.now() - (this.checkedAt.get(brandId) ?? -Infinity) < REST) return;
    await this.controls.run(brandId, 'daily');
    this.checkedAt.set(brandId, performance.now());
  }

  @Job(CHECK_BOOKS)
  async now(payload: object): Promise<void> {
    await this.controls.run((payload as { brandId: string }).brandId, 'asked');
  }
}
