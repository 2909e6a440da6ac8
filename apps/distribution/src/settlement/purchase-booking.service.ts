import { Injectable } from '@nestjs/common';
import type { Brand, Tx } from '@concentric/service-kit';
import type { DistributionSettings } from '@concentric/contracts';
import { AccrualService } from '../commission/accrual.service';
import { DecisionService } from '../commission/decision.service';
import { RefundService } from '../commission/refund.service';
import { PeriodService } from '../ledger/period.service';
import { BrandProgress } from '../purchase/brand-progress.service';
import { PurchaseQueue } from '../purchase/purchase-queue.repository';

/** Books what a step took from the queue in the open period. */
@Injectable()
export class PurchaseBooking {
  constructor(
    private readonly decisions: DecisionService,
    private readonly accruals: AccrualService,
    private readonly refundService: RefundService,
    private readonly periods: PeriodService,
    private readonly queue: PurchaseQueue,
    private readonly progress: BrandProgress,
  ) {}

  async purchases(
    tx: Tx,
    brand: Brand,
    purchases: Parameters<DecisionService['decide']>[2],
    settings: DistributionSettings,
  ): Promise<void> {
    const periodId = await this.periods.open(tx, brand.brandId, purchases[0]!.data.period);
    const costsOf = () => this.queue.costsOf(tx, brand.brandId, purchases);
    const decided = await this.decisions.decide(tx, brand.brandId, purchases, settings, costsOf);
    await this.accruals.book(tx, brand.brandId, decided, settings, periodId);
    await this.queue.mark(tx, decided);
    await this.progress.decided(tx, brand.brandId, Math.max(...purchases.map((purchase) => purchase.occurredAt)));
  }

  async refunds(tx: Tx, brand: Brand, refunds: Parameters<RefundService['apply']>[2]): Promise<void> {
    const periodId = await this.periods.open(tx, brand.brandId, refunds[0]!.data.period);
    await this.refundService.apply(tx, brand.brandId, refunds, periodId);
  }
}
