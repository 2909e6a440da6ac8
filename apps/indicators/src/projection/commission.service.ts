import { Injectable } from '@nestjs/common';
import type { commissionMatured, commissionReversed, CommissionAccrued, CommissionAdjusted, DataOf } from '@concentric/contracts';
import type { Tx } from '@concentric/service-kit';
import { OriginService } from './origin.service';
import { RollupRepository } from './rollup.repository';
import { ADJUSTMENT_DAILY, COMMISSION_DAILY, lastDateOf, NO_STORE, Rollup, SALES_DAILY } from './rollup.rules';

type CommissionReversed = DataOf<typeof commissionReversed>;
type CommissionMatured = DataOf<typeof commissionMatured>;
type Origin = Pick<CommissionAccrued, 'brandId' | 'originDate' | 'channel' | 'currency'>;

/** Adds up commission by the date of its order. Each event is a fact of its own: the inbox is what makes it count once. */
@Injectable()
export class CommissionService {
  constructor(
    private readonly rollups: RollupRepository,
    private readonly origins: OriginService,
  ) {}

  /** Earned commission, and the sales it was earned on. @throws UnknownBrand until the brand itself has arrived */
  async countAccrued(tx: Tx, events: readonly CommissionAccrued[]): Promise<void> {
    const commission = new Rollup(COMMISSION_DAILY);
    const sales = new Rollup(SALES_DAILY);
    const endOf = await this.origins.endsOfDates(tx, events);
    for (const event of events) {
      const endsAt = endOf(event.brandId, event.originDate);
      for (const { netMinor, storeId, shares } of event.lines) {
        // A line on which nobody earns is not commissionable.
        if (shares.length > 0) sales.add(salesKey(event, storeId), [endsAt], { commissionable_minor: netMinor });
        for (const { role, partnerId, baseMinor, amountMinor } of shares) {
          commission.add(shareKey(event, role, partnerId), [endsAt], {
            base_minor: baseMinor,
            earned_minor: amountMinor,
          });
        }
      }
    }
    await this.rollups.add(tx, sales);
    await this.rollups.add(tx, commission);
  }

  /** Commission taken back, and the sales it had been earned on. @throws UnknownBrand until the brand itself has arrived */
  async countReversed(tx: Tx, events: readonly CommissionReversed[]): Promise<void> {
    const commission = new Rollup(COMMISSION_DAILY);
    const sales = new Rollup(SALES_DAILY);
    const endOf = await this.origins.endsOfDates(tx, events);
    for (const event of events) {
      const endsAt = endOf(event.brandId, event.originDate);
      for (const { commissionableMinor, storeId, shares } of event.lines) {
        sales.add(salesKey(event, storeId), [endsAt], { commissionable_refunded_minor: commissionableMinor });
        for (const { role, partnerId, amountMinor, matured } of shares) {
          const amounts = { reversed_minor: amountMinor, matured_reversed_minor: matured ? amountMinor : 0 };
          commission.add(shareKey(event, role, partnerId), [endsAt], amounts);
        }
      }
    }
    await this.rollups.add(tx, sales);
    await this.rollups.add(tx, commission);
  }

  /** Commission whose holding period is over. @throws UnknownBrand until the brand itself has arrived */
  async countMatured(tx: Tx, events: readonly CommissionMatured[]): Promise<void> {
    const commission = new Rollup(COMMISSION_DAILY);
    const endOf = await this.origins.endsOfDates(tx, events);
    for (const event of events) {
      commission.add(shareKey(event, event.role, event.partnerId), [endOf(event.brandId, event.originDate)], {
        matured_minor: event.amountMinor,
      });
    }
    await this.rollups.add(tx, commission);
  }

  /** Corrections by documents. @throws UnknownBrand until the brand itself has arrived */
  async countAdjusted(tx: Tx, events: readonly CommissionAdjusted[]): Promise<void> {
    const adjustments = new Rollup(ADJUSTMENT_DAILY);
    const endOf = await this.origins.endsOfDates(tx, events);
    for (const { brandId, originPeriod, partnerId, currency, amountMinor } of events) {
      const date = lastDateOf(originPeriod);
      adjustments.add([brandId, date, partnerId, currency], [endOf(brandId, date)], { adjusted_minor: amountMinor });
    }
    await this.rollups.add(tx, adjustments);
  }
}

const salesKey = ({ brandId, originDate, channel, currency }: Origin, storeId: string | null): string[] => [
  brandId,
  originDate,
  channel,
  storeId ?? NO_STORE,
  currency,
];

const shareKey = ({ brandId, originDate, channel, currency }: Origin, role: string, partnerId: string): string[] => [
  brandId,
  originDate,
  channel,
  role,
  partnerId,
  currency,
];
