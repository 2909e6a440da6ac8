import { Injectable } from '@nestjs/common';
import { Clock, Outbox, newId, type Tx } from '@concentric/service-kit';
import { commissionAccrued, type CommissionAccrued, type DistributionSettings } from '@concentric/contracts';
import { LedgerRepository } from '../ledger/ledger.repository';
import { accrual, type Posting } from '../ledger/posting.rules';
import { CommissionRepository, type NewLine } from './commission.repository';
import type { Decided } from './decision.rules';

const DAY_MS = 86_400_000;

/** Freezes what was decided: lines, postings and the facts about them, in the transaction of the decision. */
@Injectable()
export class AccrualService {
  constructor(
    private readonly lines: CommissionRepository,
    private readonly ledger: LedgerRepository,
    private readonly out: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Writes what was decided in `periodId`; orders that are held leave nothing here. */
  async book(tx: Tx, brandId: string, decided: readonly Decided[], settings: DistributionSettings, periodId: string): Promise<void> {
    const lines: NewLine[] = [];
    const postings: Posting[] = [];
    const postedLines: NewLine[][] = [];
    const events: CommissionAccrued[] = [];
    for (const item of decided) {
      if ('held' in item) continue;
      const own = this.linesOf(item, brandId, settings, periodId);
      const { data } = item.purchase;
      const entries = accrual(
        own.map((line) => ({ partnerId: line.share.partnerId, amountMinor: line.share.amountMinor, lineId: line.lineId })),
        data.period,
      );
      if (entries) {
        postings.push({
          idem: `accrue/${data.orderId}`,
          kind: 'accrue',
          brandId,
          currency: data.currency,
          periodId,
          refId: data.orderId,
          effectiveAt: this.clock.now(),
          entries,
        });
        postedLines.push(own);
      }
      lines.push(...own);
      events.push(toEvent(item));
    }
    const txnIds = await this.ledger.book(tx, postings);
    postedLines.forEach((own, index) => {
      for (const line of own) line.txnId = txnIds[index]!;
    });
    await this.lines.freeze(tx, lines);
    await this.out.add(tx, commissionAccrued, events);
  }

  private linesOf(
    item: Extract<Decided, { planVersionId: string }>,
    brandId: string,
    settings: DistributionSettings,
    periodId: string,
  ): NewLine[] {
    const { data, occurredAt } = item.purchase;
    const matureAt = Date.parse(data.paidAt) + (settings.holdingDaysByChannel[data.channel] ?? settings.holdingDays) * DAY_MS;
    return item.lines.flatMap(({ line, shares }) =>
      shares.map((share) => ({
        lineId: newId(this.clock),
        brandId,
        orderId: data.orderId,
        lineNo: line.lineNo,
        netMinor: line.netMinor,
        planVersionId: item.planVersionId,
        share,
        currency: data.currency,
        channel: data.channel,
        occurredAt,
        originDate: data.businessDate,
        originPeriod: data.period,
        periodId,
        matureAt,
        txnId: null,
      })),
    );
  }
}

function toEvent({ purchase: { data }, lines }: Extract<Decided, { planVersionId: string }>): CommissionAccrued {
  return {
    brandId: data.brandId,
    orderId: data.orderId,
    channel: data.channel,
    originDate: data.businessDate,
    originPeriod: data.period,
    currency: data.currency,
    lines: lines.map(({ line, storeId, shares }) => ({
      lineNo: line.lineNo,
      netMinor: line.netMinor,
      storeId,
      shares: shares.map(({ role, partnerId, baseMinor, ratePpm, amountMinor }) => ({ role, partnerId, baseMinor, ratePpm, amountMinor })),
    })),
  };
}
