import { Injectable } from '@nestjs/common';
import { Clock, Outbox, grouped, namedId, newId, type Tx } from '@concentric/service-kit';
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
import { PurchaseQueue, type JudgedRefund } from '../purchase/purchase-queue.repository';
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
    const byOrderLine = grouped(await this.lines.earned(tx, orderIds), ({ orderId, lineNo }) => `${orderId}/${lineNo}`);
    const orders = await this.queue.bodies(tx, orderIds);
    const refunded = await this.queue.refunded(tx, orderIds);
    const outcome = new Outcome(brandId, periodId, await this.halts.partners(tx, brandId), refunded, this.clock);
    for (const refund of refunds) outcome.take(refund, byOrderLine, orders.get(refund.data.orderId)!);
    const txnIds = await this.ledger.book(tx, outcome.postings);
    const txnOf = new Map(outcome.postings.map((posting, index) => [posting.refId, txnIds[index]!]));
    for (const row of outcome.reversals) row.txnId = txnOf.get(row.refundId) ?? null;
    await this.lines.takeBack(tx, outcome.reversals, [...outcome.touched]);
    await this.queue.markRefunds(tx, outcome.judged);
    await this.out.add(tx, commissionReversed, outcome.events);
  }
}

/** A line of a refund with what the order line earned. */
interface EarnedOf {
  line: OrderRefunded['lines'][number];
  stored: readonly StoredLine[];
}

/** What a refund took back from one share of a line; matured: from what was payable, not pending. */
interface Taken {
  lineId: string;
  role: string;
  partnerId: string;
  amountMinor: number;
  matured: boolean;
}

/** Collects what a batch of refunds does, refund by refund. */
class Outcome {
  readonly reversals: NewReversal[] = [];
  readonly touched = new Set<StoredLine>();
  readonly postings: Posting[] = [];
  readonly events: CommissionReversed[] = [];
  readonly judged: JudgedRefund[] = [];

  constructor(
    private readonly brandId: string,
    private readonly periodId: string,
    private readonly halted: ReadonlySet<string>,
    private readonly refunded: Map<string, number>,
    private readonly clock: Clock,
  ) {}

  take(refund: DueRefund, byOrderLine: ReadonlyMap<string, StoredLine[]>, order: PurchaseAttributed): void {
    const { data, ofVoid } = refund;
    const earned = data.lines.map((line): EarnedOf => ({ line, stored: byOrderLine.get(`${data.orderId}/${line.lineNo}`) ?? [] }));
    const heldReason = ofVoid ? null : this.hold(refund, order, earned);
    const state = ofVoid ? 'VOID' : heldReason === null ? 'APPLIED' : 'HELD';
    this.judged.push({ refundId: data.refundId, state, heldReason });
    // Whole, or not at all.
    if (state !== 'APPLIED') return;
    for (const { lineNo, amountMinor } of data.lines) {
      const line = `${data.orderId}/${lineNo}`;
      this.refunded.set(line, (this.refunded.get(line) ?? 0) + amountMinor);
    }
    const lines = earned.flatMap(({ line, stored }) => {
      const taken = stored.map((one) => this.takeBack(one, line.amountMinor, refund)).filter(({ amountMinor }) => amountMinor > 0);
      return stored.length === 0 ? [] : [{ line, taken }];
    });
    this.post(
      data.refundId,
      order,
      lines.flatMap(({ taken }) => taken),
    );
    if (lines.length > 0) this.announce(data, order, lines);
  }

  /** Takes its part of a refund back from one share; the floor may leave nothing to book yet. */
  private takeBack(stored: StoredLine, refundMinor: number, { data: { refundId }, occurredAt }: DueRefund): Taken {
    const { role, partnerId, state } = stored;
    const lineId = newId(this.clock);
    const reversal = reverse({ ...stored }, refundMinor)!;
    const { amountMinor, refundedMinor, reversedMinor } = reversal;
    Object.assign(stored, { refundedMinor, reversedMinor });
    this.touched.add(stored);
    if (amountMinor > 0) {
      stored.reversals += 1;
      const docSeq = stored.reversals;
      this.reversals.push({ lineId, stored: { ...stored }, reversal, refundId, occurredAt, periodId: this.periodId, docSeq, txnId: null });
    }
    stored.state = reversal.state;
    return { lineId, role, partnerId, amountMinor, matured: state === 'MATURED' };
  }

  private post(refundId: string, { currency, period }: PurchaseAttributed, taken: readonly Taken[]): void {
    const entries = reversalEntries(
      taken.map(({ matured, ...share }) => ({ ...share, against: matured ? 'payable' : 'pending' })),
      period,
    );
    if (!entries) return;
    this.postings.push({
      idem: `reverse/${refundId}`,
      kind: 'reverse',
      brandId: this.brandId,
      currency,
      periodId: this.periodId,
      refId: refundId,
      effectiveAt: this.clock.now(),
      entries,
    });
  }

  private announce(
    { orderId, refundId }: OrderRefunded,
    order: PurchaseAttributed,
    lines: readonly { line: EarnedOf['line']; taken: Taken[] }[],
  ): void {
    this.events.push({
      brandId: this.brandId,
      orderId,
      refundId,
      channel: order.channel,
      originDate: order.businessDate,
      originPeriod: order.period,
      currency: order.currency,
      lines: lines.map(({ line: { lineNo, amountMinor }, taken }) => ({
        lineNo,
        storeId: storeOf(order, lineNo),
        commissionableMinor: amountMinor,
        shares: taken.map(({ lineId: _, ...share }) => share),
      })),
    });
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
