import { Injectable } from '@nestjs/common';
import { BrandDirectory, Clock, Outbox, type Tx } from '@concentric/service-kit';
import { commissionAdjusted } from '@concentric/contracts';
import { LedgerRepository } from '../ledger/ledger.repository';
import { PeriodService } from '../ledger/period.service';
import { adjustment as adjustmentEntries, writeOff } from '../ledger/posting.rules';

/** What of an adjustment goes to the books. */
interface Booked {
  id: string;
  kind: 'adjust' | 'write-off';
  partnerId: string;
  currency: string;
  amountMinor: number;
  originPeriod: string | null;
  lineId: string | null;
}

/** Posts adjustments in the open period, named after the period they correct (inv 33). */
@Injectable()
export class AdjustmentBooking {
  constructor(
    private readonly brands: BrandDirectory,
    private readonly periods: PeriodService,
    private readonly ledger: LedgerRepository,
    private readonly out: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * Books an adjustment and publishes what changes the commission of its origin period. Amounts in minor units: to adjust, positive is
   * owed in addition; to write off, what the balance becomes smaller by. Raises `account_halted` (409).
   */
  async book(
    tx: Tx,
    brandId: string,
    { id, kind, partnerId, currency, amountMinor, originPeriod: named, lineId }: Booked,
  ): Promise<{ txnId: string; period: string; originPeriod: string }> {
    const { calendar } = await this.brands.get(tx, brandId);
    const effectiveAt = this.clock.now();
    const period = await this.periods.open(tx, brandId, calendar.period(effectiveAt));
    const originPeriod = named ?? period;
    const entries =
      kind === 'adjust'
        ? adjustmentEntries({ partnerId, amountMinor, originPeriod, lineId })
        : writeOff(partnerId, amountMinor, originPeriod);
    const [txnId] = await this.ledger.book(tx, [
      { idem: `adjustment/${id}`, kind, brandId, currency, periodId: period, refId: id, effectiveAt, entries },
    ]);
    if (kind === 'adjust')
      await this.out.add(tx, commissionAdjusted, [{ brandId, adjustmentId: id, partnerId, originPeriod, currency, amountMinor }]);
    return { txnId: txnId!, period, originPeriod };
  }
}
