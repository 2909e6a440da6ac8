import { Injectable } from '@nestjs/common';
import { Clock, idIn, nextDate, type Brand, type Tx } from '@concentric/service-kit';
import type { DistributionSettings } from '@concentric/contracts';
import { MaturityService } from '../commission/maturity.service';
import { PeriodService } from '../ledger/period.service';
import { BrandProgress, type Progress } from '../purchase/brand-progress.service';
import { PeriodCloseService } from './period-close.service';

/** Partners whose lines mature in one transaction. */
const PARTNERS = 500;

/** The end of a business date: commission whose holding period has passed matures, and a period that ended closes. */
@Injectable()
export class DaySettlement {
  constructor(
    private readonly maturity: MaturityService,
    private readonly periods: PeriodService,
    private readonly progress: BrandProgress,
    private readonly closing: PeriodCloseService,
    private readonly clock: Clock,
  ) {}

  /**
   * The next date to settle: it has ended, behind a seal watermark it is complete, and the month before it is closed, so
   * that a statement never depends on how long somebody took to close its period; null when there is none.
   */
  async next(tx: Tx, brand: Brand, progress: Progress, settings: DistributionSettings): Promise<string | null> {
    const date = await this.following(tx, brand, progress);
    if (date === null || brand.calendar.endOfDate(date) > this.clock.now()) return null;
    if (settings.bindingDelaySeconds === null && (progress.sealedThrough === null || date > progress.sealedThrough)) return null;
    return (await this.waitsForMonth(tx, brand, date)) ? null : date;
  }

  /**
   * The instant (epoch ms) from which on refunds wait: the end of the date that follows the last settled one, or its start
   * while the month before it is open. A refund changes what is payable, so it is booked between the same days however
   * late anybody, or this process, came to it.
   */
  async refundsUntil(tx: Tx, brand: Brand, progress: Progress): Promise<number> {
    const date = await this.following(tx, brand, progress);
    if (date === null) return 0;
    return (await this.waitsForMonth(tx, brand, date)) ? brand.calendar.startOfDate(date) : brand.calendar.endOfDate(date);
  }

  /** Is the open period one that closes by itself, and nothing speaks against it any more? */
  async closable(tx: Tx, brand: Brand, progress: Progress, settings: DistributionSettings): Promise<boolean> {
    return settings.autoClose && (await this.closing.closable(tx, brand, progress)) !== null;
  }

  /** Closes the open period by itself where what spoke against it after its last date has gone since. */
  async closeLate(tx: Tx, brand: Brand, progress: Progress, settings: DistributionSettings): Promise<boolean> {
    return settings.autoClose && this.closing.closeWhenComplete(tx, brand, progress);
  }

  /** Does a part of settling a date; always true: there may be more to do. */
  async settle(tx: Tx, brand: Brand, progress: Progress, date: string, settings: DistributionSettings): Promise<true> {
    const { brandId, calendar } = brand;
    const until = calendar.endOfDate(date);
    const period = calendar.period(until - 1);
    const open = await this.periods.open(tx, brandId, period);
    const matured = await this.maturity.mature(tx, brandId, until, open, `${brandId}/${date}`, PARTNERS);
    if (matured === PARTNERS) return true;
    await this.progress.settled(tx, brandId, date);
    if (settings.autoClose && calendar.period(until) !== period) {
      await this.closing.closeWhenComplete(tx, brand, { ...progress, settledThrough: date });
    }
    return true;
  }

  private async waitsForMonth(tx: Tx, brand: Brand, date: string): Promise<boolean> {
    const open = await this.periods.current(tx, brand.brandId, null);
    return open !== undefined && open < date.slice(0, 7);
  }

  /** The date after the last settled one, whether or not it has ended; null when nothing has arrived yet. */
  private async following(tx: Tx, brand: Brand, { settledThrough }: Progress): Promise<string | null> {
    if (settledThrough !== null) return nextDate(settledThrough);
    const rows: { first: string | null }[] = await tx.query('SELECT MIN(business_date) AS first FROM intake_day WHERE brand_id = ?', [
      idIn(brand.brandId),
    ]);
    return rows[0]?.first ?? null;
  }
}
