import type { FieldError } from '@concentric/contracts';
import { sumMinor } from '@concentric/money';
import { fault } from '../intake/intake.rules';
import {
  isFaults,
  matchLine,
  splitRefund,
  type RefundableLine,
  type RefundableOrder,
  type RefundPart,
  type RefundRequest,
} from './refund.rules';

/** A refund to be decided: new, or kept earlier as waiting or held. */
export interface RefundCandidate {
  refundId: string;
  isStored: boolean;
  request: RefundRequest;
}

export type RefundOutcome<O extends RefundableOrder = RefundableOrder> =
  | { state: 'applied'; order: O; parts: RefundPart[]; refundedMinor: number }
  | { state: 'waiting' }
  | { state: 'held'; reason: string }
  | { state: 'refused'; errors: FieldError[] };

/**
 * Decides refunds one after the other against the orders they may concern, all in memory, so that each sees what the
 * ones before it took. Collects what has to be written.
 */
export class RefundDesk<O extends RefundableOrder = RefundableOrder> {
  readonly decided: { candidate: RefundCandidate; outcome: RefundOutcome<O> }[] = [];
  readonly touchedOrders = new Set<O>();
  readonly touchedLines = new Set<RefundableLine>();
  private readonly byKey: ReadonlyMap<string, O>;

  /** @param byBuyer orders that named a buyer, by blind index */
  constructor(
    orders: readonly O[],
    private readonly byBuyer: ReadonlyMap<string, ReadonlySet<O>>,
  ) {
    this.byKey = new Map(orders.map((order) => [`${order.channel} ${order.externalId}`, order]));
  }

  /** Applies a refund to the orders on the desk, or says why it waits, is held or is refused. */
  decide(candidate: RefundCandidate): RefundOutcome<O> {
    const { request } = candidate;
    const outcome = request.match ? this.decideByMatch(request) : this.decideByOrder(request);
    // What was promised to be kept is never dropped: a refund that waited and no longer fits is held for a person.
    const kept: RefundOutcome<O> =
      outcome.state === 'refused' && candidate.isStored ? { state: 'held', reason: outcome.errors[0]?.code ?? 'refused' } : outcome;
    this.decided.push({ candidate, outcome: kept });
    return kept;
  }

  private decideByMatch(request: RefundRequest): RefundOutcome<O> {
    const found = matchLine(request, this.byBuyer.get(request.match?.index ?? '') ?? []);
    if (!found) return { state: 'held', reason: 'no_match' };
    const order = this.byKey.get(`${found.order.channel} ${found.order.externalId}`);
    if (!order) throw new Error('a matched order is not on the desk');
    const amountMinor = request.amountMinor ?? found.line.netMinor - found.line.refundedMinor;
    return this.take(order, [{ lineNo: found.line.lineNo, amountMinor }]);
  }

  private decideByOrder(request: RefundRequest): RefundOutcome<O> {
    const order = this.byKey.get(`${request.channel} ${request.orderExternalId ?? ''}`);
    if (!order) return { state: 'waiting' };
    if (order.paidAt === null)
      return order.status === 'cancelled' ? { state: 'refused', errors: [orderCancelled(order)] } : { state: 'waiting' };
    const parts = splitRefund(request, order.lines);
    return isFaults(parts) ? { state: 'refused', errors: parts } : this.take(order, parts);
  }

  private take(order: O, parts: RefundPart[]): RefundOutcome<O> {
    for (const part of parts) {
      const line = order.lines.find((one) => one.lineNo === part.lineNo);
      if (!line) throw new Error(`line ${part.lineNo} was checked and is gone`);
      line.refundedMinor += part.amountMinor;
      this.touchedLines.add(line);
    }
    const refundedMinor = sumMinor(parts.map((part) => part.amountMinor));
    order.refundedMinor += refundedMinor;
    this.touchedOrders.add(order);
    return { state: 'applied', order, parts, refundedMinor };
  }
}

function orderCancelled(order: RefundableOrder): FieldError {
  return fault(
    'orderExternalId',
    'order_cancelled',
    `order ${order.externalId} was cancelled before it was paid, so there is nothing to give back`,
    'Check the order number; leave the record out if no money was ever received.',
  );
}
