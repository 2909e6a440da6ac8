import { Injectable } from '@nestjs/common';
import { Clock, Outbox, namedId, newId, type Tx } from '@concentric/service-kit';
import {
  commissionReversed,
  partnerName,
  type CommissionReversed,
  type OrderRefunded,
  type PurchaseAttributed,
} from '@concentric/contracts';
import { AccountHalts } from '../control/account-halt.repository';
import { LedgerRepository } from '../ledger/ledger.repository';
import { reversal as reversalEntries, type Posting } from '../ledger/posting.rules';
import { PurchaseQueue, type SettledRefund } from '../purchase/purchase-queue.repository';
import { CommissionRepository, type NewReversal, type StoredLine } from './commission.repository';
import { exceedsPaid, reverse, type DueRefund, type RefundHold } from './reversal.rules';

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
    const refunded = await this.queue.refunded(tx, orderIds);
    const outcome = new Outcome(brandId, periodId, await this.halts.partners(tx, brandId), refunded, this.clock);
    for (const refund of refunds) outcome.take(refund, byOrderLine, orders.get(refund.data.orderId)!);
    const txnIds = await this.ledger.book(tx, outcome.postings);
    const txnOf = new Map(outcome.postings.map((posting, index) => [posting.refId, txnIds[index]!]));
    for (const row of outcome.reversals) row.txnId = txnOf.get(row.refundId) ?? null;
    await this.lines.takeBack(tx, outcome.reversals, [...outcome.touched]);
    await this.queue.settleRefunds(tx, outcome.settled);
    await this.out.add(tx, commissionReversed, outcome.events);
  }
}

/** A line of a refund with what the order line earned. */
interface EarnedOf {
  line: OrderRefunded['lines'][number];
  stored: readonly StoredLine[];
}

/** Collects what a batch of refunds does, refund by refund. */
class Outcome {
  readonly reversals: NewReversal[] = [];
  readonly touched = new Set<StoredLine>();
  readonly postings: Posting[] = [];
  readonly events: CommissionReversed[] = [];
  readonly settled: SettledRefund[] = [];

  constructor(
    private readonly brandId: string,
    private readonly periodId: string,
    private readonly halted: ReadonlySet<string>,
    private readonly refunded: Map<string, number>,
    private readonly clock: Clock,
  ) {}

  take(refund: DueRefund, byOrderLine: ReadonlyMap<string, StoredLine[]>, order: PurchaseAttributed): void {
    const { data, occurredAt, ofVoid } = refund;
    const earned = data.lines.map((line): EarnedOf => ({ line, stored: byOrderLine.get(`${data.orderId}/${line.lineNo}`) ?? [] }));
    const heldReason = this.hold(refund, order, earned);
    // Whole, or not at all.
    if (ofVoid || heldReason !== null) {
      this.settled.push({ refundId: data.refundId, state: ofVoid ? 'VOID' : 'HELD', heldReason: ofVoid ? null : heldReason });
      return;
    }
    for (const { lineNo, amountMinor } of data.lines) {
      const line = `${data.orderId}/${lineNo}`;
      this.refunded.set(line, (this.refunded.get(line) ?? 0) + amountMinor);
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
    this.settled.push({ refundId: data.refundId, state: 'APPLIED', heldReason: null });
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

  /** More than was paid is held whichever record says so, that of refunds or that of lines; nothing is posted to a halted account. */
  private hold({ data }: DueRefund, order: PurchaseAttributed, earned: readonly EarnedOf[]): RefundHold | null {
    const beyond = earned.some(({ line, stored }) => stored.some((one) => reverse(one, line.amountMinor) === null));
    if (beyond || exceedsPaid(data, order, this.refunded)) return 'exceeds_paid';
    return earned.some(({ stored }) => stored.some(({ partnerId }) => this.halted.has(partnerId))) ? 'account_halted' : null;
  }
}

function storeOf(order: PurchaseAttributed, lineNo: number): string | null {
  const code = order.lines.find((line) => line.lineNo === lineNo)?.storeCode ?? null;
  return code === null ? null : namedId(partnerName(order.brandId, code));
}
