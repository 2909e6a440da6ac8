import { Injectable } from '@nestjs/common';
import { Clock, Outbox, newId, type Tx } from '@concentric/service-kit';
import {
  commissionReversed,
  partnerName,
  type CommissionReversed,
  type OrderRefunded,
  type PurchaseAttributed,
} from '@concentric/contracts';
import { namedId } from '@concentric/service-kit';
import { AccountHalts } from '../control/account-halt.repository';
import { LedgerRepository } from '../ledger/ledger.repository';
import { reversal as reversalEntries, type Posting } from '../ledger/posting.rules';
import { PurchaseQueue } from '../purchase/purchase-queue.repository';
import { CommissionRepository, type NewReversal, type StoredLine } from './commission.repository';
import { reverse } from './reversal.rules';

/** A refund whose order has been decided. */
export interface DueRefund {
  data: OrderRefunded;
  occurredAt: number;
}

/** Takes commission back in proportion to what was refunded, at the rates of the original lines (inv 18-20). */
@Injectable()
export class RefundService {
  constructor(
    private readonly lines: CommissionRepository,
    private readonly ledger: LedgerRepository,
    private readonly halts: AccountHalts,
    private readonly queue: PurchaseQueue,
    private readonly out: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Applies refunds in the order given and books them in `periodId`; late ones land in the open period and name their origin (inv 33). */
  async apply(tx: Tx, brandId: string, refunds: readonly DueRefund[], periodId: string): Promise<void> {
    const orderIds = [...new Set(refunds.map(({ data }) => data.orderId))];
    const byOrderLine = new Map<string, StoredLine[]>();
    for (const line of await this.lines.earned(tx, orderIds)) {
      const key = `${line.orderId}/${line.lineNo}`;
      const list = byOrderLine.get(key);
      if (list) list.push(line);
      else byOrderLine.set(key, [line]);
    }
    const orders = await this.queue.bodies(tx, orderIds);
    const outcome = new Outcome(brandId, periodId, await this.halts.partners(tx, brandId), this.clock);
    for (const refund of refunds) outcome.take(refund, byOrderLine, orders.get(refund.data.orderId)!);
    const txnIds = await this.ledger.book(tx, outcome.postings);
    const txnOf = new Map(outcome.postings.map((posting, index) => [posting.refId, txnIds[index]!]));
    for (const row of outcome.reversals) row.txnId = txnOf.get(row.refundId) ?? null;
    await this.lines.takeBack(tx, outcome.reversals, [...outcome.touched]);
    await this.queue.settleRefunds(tx, outcome.settled);
    await this.out.add(tx, commissionReversed, outcome.events);
  }
}

/** Collects what a batch of refunds does, refund by refund. */
class Outcome {
  readonly reversals: NewReversal[] = [];
  readonly touched = new Set<StoredLine>();
  readonly postings: Posting[] = [];
  readonly events: CommissionReversed[] = [];
  readonly settled: { refundId: string; state: 'APPLIED' | 'HELD' }[] = [];

  constructor(
    private readonly brandId: string,
    private readonly periodId: string,
    private readonly halted: ReadonlySet<string>,
    private readonly clock: Clock,
  ) {}

  take(refund: DueRefund, byOrderLine: ReadonlyMap<string, StoredLine[]>, order: PurchaseAttributed): void {
    const { data, occurredAt } = refund;
    const earned = data.lines.map((line) => ({ line, stored: byOrderLine.get(`${data.orderId}/${line.lineNo}`) ?? [] }));
    // More than was paid can only be a contradiction between services, and nothing is posted to a halted account: the refund waits for somebody, whole.
    if (
      earned.some(({ line, stored }) =>
        stored.some((one) => one.refundedMinor + line.amountMinor > one.netMinor || this.halted.has(one.partnerId)),
      )
    ) {
      this.settled.push({ refundId: data.refundId, state: 'HELD' });
      return;
    }
    const booked: { partnerId: string; against: 'pending' | 'payable'; amountMinor: number; lineId: string }[] = [];
    const lines: CommissionReversed['lines'] = [];
    for (const { line, stored } of earned) {
      const shares: CommissionReversed['lines'][number]['shares'] = [];
      for (const one of stored) {
        const matured = one.state === 'MATURED';
        const result = reverse({ ...one }, line.amountMinor)!;
        Object.assign(one, { refundedMinor: result.refundedMinor, reversedMinor: result.reversedMinor });
        this.touched.add(one);
        if (result.amountMinor > 0) {
          one.reversals += 1;
          const lineId = newId(this.clock);
          this.reversals.push({
            lineId,
            stored: { ...one },
            reversal: result,
            refundId: data.refundId,
            occurredAt,
            periodId: this.periodId,
            docSeq: one.reversals,
            txnId: null,
          });
          booked.push({ partnerId: one.partnerId, against: matured ? 'payable' : 'pending', amountMinor: result.amountMinor, lineId });
          shares.push({ role: one.role, partnerId: one.partnerId, amountMinor: result.amountMinor, matured });
        }
        one.state = result.state === 'REVERSED' ? 'REVERSED' : one.state;
      }
      if (stored.length > 0)
        lines.push({ lineNo: line.lineNo, storeId: storeOf(order, line.lineNo), commissionableMinor: line.amountMinor, shares });
    }
    this.settled.push({ refundId: data.refundId, state: 'APPLIED' });
    const entries = reversalEntries(booked, order.period);
    if (entries) {
      this.postings.push({
        idem: `reverse/${data.refundId}`,
        kind: 'reverse',
        brandId: this.brandId,
        currency: order.currency,
        periodId: this.periodId,
        refId: data.refundId,
        effectiveAt: this.clock.now(),
        entries,
      });
    }
    if (lines.length > 0) {
      this.events.push({
        brandId: this.brandId,
        orderId: data.orderId,
        refundId: data.refundId,
        channel: order.channel,
        originDate: order.businessDate,
        originPeriod: order.period,
        currency: order.currency,
        lines,
      });
    }
  }
}

function storeOf(order: PurchaseAttributed, lineNo: number): string | null {
  const code = order.lines.find((line) => line.lineNo === lineNo)?.storeCode ?? null;
  return code === null ? null : namedId(partnerName(order.brandId, code));
}
