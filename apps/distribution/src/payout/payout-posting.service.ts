import { Injectable } from '@nestjs/common';
import { chunks, Clock, type Brand, type Tx } from '@concentric/service-kit';
import { accountIdOf, LedgerRepository } from '../ledger/ledger.repository';
import { PeriodService } from '../ledger/period.service';
import { bankPaid, bankReturn, payout, withholding, type Entry, type Posting } from '../ledger/posting.rules';
import type { PayoutItem } from './payout.repository';

const CHUNK = 500;

/** What payouts write into the books, in the open period; every entry names the period of the statement that is paid. */
@Injectable()
export class PayoutPosting {
  constructor(
    private readonly ledger: LedgerRepository,
    private readonly periods: PeriodService,
    private readonly clock: Clock,
  ) {}

  /** Sent: the amount goes to clearing, the tax to what is withheld. */
  send(tx: Tx, brand: Brand, items: readonly PayoutItem[]): Promise<void> {
    return this.book(tx, brand, items, (item) => [
      { event: 'sent', kind: 'payout', entries: payout(item.partnerId, item.amountMinor, item.period) },
      ...this.tax(item, 'withheld', item.taxMinor),
    ]);
  }

  /** Paid by the bank: clearing is settled in cash. */
  pay(tx: Tx, brand: Brand, items: readonly PayoutItem[]): Promise<void> {
    return this.book(tx, brand, items, (item) => [{ event: 'paid', kind: 'bank-paid', entries: bankPaid(item.amountMinor, item.period) }]);
  }

  /** Failed: amount and tax are owed to the partner again. */
  fail(tx: Tx, brand: Brand, items: readonly PayoutItem[]): Promise<void> {
    return this.book(tx, brand, items, (item) => [
      { event: 'failed', kind: 'bank-failed', entries: payout(item.partnerId, -item.amountMinor, item.period) },
      ...this.tax(item, 'failed-tax', -item.taxMinor),
    ]);
  }

  /** Came back after it had been paid: cash is there again, amount and tax are owed to the partner again. */
  giveBack(tx: Tx, brand: Brand, items: readonly PayoutItem[]): Promise<void> {
    return this.book(tx, brand, items, (item) => [
      { event: 'returned', kind: 'bank-return', entries: bankReturn(item.partnerId, item.amountMinor, item.period) },
      ...this.tax(item, 'returned-tax', -item.taxMinor),
    ]);
  }

  private tax(
    { partnerId, period }: PayoutItem,
    event: string,
    taxMinor: number,
  ): { event: string; kind: Posting['kind']; entries: Entry[] }[] {
    return taxMinor === 0 ? [] : [{ event, kind: 'withhold', entries: withholding(partnerId, taxMinor, period) }];
  }

  private async book(
    tx: Tx,
    brand: Brand,
    items: readonly PayoutItem[],
    postingsOf: (item: PayoutItem) => { event: string; kind: Posting['kind']; entries: Entry[] }[],
  ): Promise<void> {
    if (items.length === 0) return;
    const { brandId, calendar } = brand;
    const now = this.clock.now();
    const periodId = await this.periods.open(tx, brandId, calendar.period(now));
    // In the order of the accounts over all chunks, so that writers never wait for each other in a circle (inv 25).
    const sorted = items
      .map((item) => ({ item, account: accountIdOf(brandId, item.partnerId, 'payable', item.currency) }))
      .sort((a, b) => (a.account < b.account ? -1 : 1));
    for (const chunk of chunks(sorted, CHUNK)) {
      const postings = chunk.flatMap(({ item }) =>
        postingsOf(item).map(({ event, kind, entries }): Posting => ({
          idem: `payout-item/${item.itemId}/${event}`,
          kind,
          brandId,
          currency: item.currency,
          periodId,
          refId: item.itemId,
          effectiveAt: now,
          entries,
        })),
      );
      await this.ledger.book(tx, postings);
    }
  }
}
