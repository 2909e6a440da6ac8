import { Injectable } from '@nestjs/common';
import { Clock, crashPoint, Database, type Brand, type Tx } from '@concentric/service-kit';
import type { DistributionSettings } from '@concentric/contracts';
import { BrandProgress, type Progress } from '../purchase/brand-progress.service';
import { PurchaseQueue, type Due } from '../purchase/purchase-queue.repository';
import { DaySettlement } from './day-settlement.service';
import { PurchaseBooking } from './purchase-booking.service';

const BATCH = 500;

/**
 * One step of a brand's way forward, in one transaction: purchases that are due, then refunds that are due, then the
 * end of the next day. Business dates are taken one after the other, so that however late and bundled the seals come,
 * the outcome is that of each day having been finished before the next began.
 */
@Injectable()
export class BrandStep {
  constructor(
    private readonly database: Database,
    private readonly progress: BrandProgress,
    private readonly queue: PurchaseQueue,
    private readonly booking: PurchaseBooking,
    private readonly days: DaySettlement,
    private readonly clock: Clock,
  ) {}

  /** Does one step; false when there was nothing to do. */
  async take(brand: Brand, settings: DistributionSettings): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const progress = await this.progress.advance(tx, brand);
      const date = await this.days.next(tx, brand, progress, settings);
      const due = this.due(brand, settings, progress, date);
      const purchases = await this.queue.purchases(tx, brand.brandId, due, BATCH);
      if (purchases.length > 0) {
        await this.booking.purchases(tx, brand, purchases, settings);
        crashPoint('purchases-booked');
        return true;
      }
      const refunds = await this.queue.refunds(tx, brand.brandId, await this.refundsDue(tx, brand, progress, due), BATCH);
      if (refunds.length > 0) {
        await this.booking.refunds(tx, brand, refunds);
        return true;
      }
      return date === null ? this.days.closeLate(tx, brand, progress, settings) : this.days.settle(tx, brand, progress, date, settings);
    });
  }

  /** Is there anything that a step would do, now or as soon as a delay has passed? */
  async pending(tx: Tx, brand: Brand, settings: DistributionSettings): Promise<boolean> {
    const progress = await this.progress.peek(tx, brand);
    const date = await this.days.next(tx, brand, progress, settings);
    if (date !== null || (await this.days.closable(tx, brand, progress, settings))) return true;
    const now = this.due(brand, settings, progress, null);
    const soon = now.receivedBefore === null ? now : { ...now, receivedBefore: Number.MAX_SAFE_INTEGER };
    return this.queue.waiting(tx, brand.brandId, soon, await this.refundsDue(tx, brand, progress, soon));
  }

  /** Of what is due, the refunds that do not have to wait for a day or a month before them. */
  private async refundsDue(tx: Tx, brand: Brand, progress: Progress, due: Due): Promise<Due> {
    const until = await this.days.refundsUntil(tx, brand, progress);
    return { ...due, occurredBefore: Math.min(until, due.occurredBefore ?? until) };
  }

  /** What may be decided: dates up to the one being settled (or all that are sealed), and in live operation what has waited long enough. */
  private due(brand: Brand, settings: DistributionSettings, progress: Progress, date: string | null): Due {
    const { bindingDelaySeconds } = settings;
    if (bindingDelaySeconds !== null)
      return { sealedThrough: progress.sealedThrough, receivedBefore: this.clock.now() - bindingDelaySeconds * 1000 };
    const through = date ?? progress.sealedThrough;
    return {
      sealedThrough: through,
      receivedBefore: null,
      ...(through === null ? {} : { occurredBefore: brand.calendar.endOfDate(through) }),
    };
  }
}
