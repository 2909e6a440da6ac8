import { ownReason } from '@concentric/contracts';
import { Injectable } from '@nestjs/common';
import { newId, Clock, type Tx } from '@concentric/service-kit';
import type { BrandRules } from '../brand/brand.rules';
import type { PublishedDays } from '../intake/intake.rules';
import type { StoredOrder } from '../order/stored-order.rules';
import { RefundBookingService } from './refund-booking.service';
import type { RefundCandidate } from './refund-desk.rules';
import { RefundRepository } from './refund.repository';
import { cancelPrefix, contentHash } from './refund.rules';

/** What orders set off among refunds: those that waited are applied, and a cancelled order gives back what is left. */
@Injectable()
export class RefundFollowUpService {
  constructor(
    private readonly refunds: RefundRepository,
    private readonly booking: RefundBookingService,
    private readonly clock: Clock,
  ) {}

  /**
   * Runs after the orders of a batch are stored, in the same transaction.
   * @param orders those that became paid, and those that were cancelled, paid before or not
   */
  async afterOrders(
    tx: Tx,
    brand: BrandRules,
    orders: { paid: readonly StoredOrder[]; cancelled: readonly StoredOrder[] },
    published: PublishedDays,
  ): Promise<void> {
    const waiting = await this.waitingFor(tx, brand, [...orders.paid, ...orders.cancelled]);
    const indexes = orders.paid.flatMap((order) => order.buyer.map((identity) => identity.index));
    const held = indexes.length > 0 ? await this.refunds.heldFor(tx, brand.brandId, indexes) : [];
    const cancellations = orders.cancelled.filter((order) => order.paidAt !== null).map((order) => this.cancellation(brand, order));
    // In order of occurrence, whatever order they were sent in; a cancellation takes what all others leave.
    const candidates = [...[...waiting, ...held].sort(byOccurrence), ...cancellations];
    if (candidates.length === 0) return;
    const desk = await this.booking.open(
      tx,
      brand,
      candidates.map((candidate) => candidate.request),
    );
    for (const candidate of candidates) desk.decide(candidate);
    await this.booking.close(tx, brand, desk, published);
  }

  private async waitingFor(tx: Tx, brand: BrandRules, orders: readonly StoredOrder[]): Promise<RefundCandidate[]> {
    if (orders.length === 0) return [];
    const keys = new Set(orders.map((order) => `${order.channel} ${order.externalId}`));
    const waiting = await this.refunds.waitingFor(
      tx,
      brand.brandId,
      orders.map((order) => order.externalId),
    );
    return waiting.filter(({ request }) => keys.has(`${request.channel} ${request.orderExternalId ?? ''}`));
  }

  /** Refused by the desk, and so not made, when refunds have taken everything already. */
  private cancellation(brand: BrandRules, order: StoredOrder): RefundCandidate {
    const occurredAt = order.cancelledAt ?? this.clock.now();
    const request = {
      channel: order.channel,
      externalId: `${cancelPrefix}${order.externalId}`,
      occurredAt,
      businessDate: brand.calendar.businessDate(occurredAt),
      period: brand.calendar.period(occurredAt),
      orderExternalId: order.externalId,
      match: null,
      lines: null,
      amountMinor: null,
    };
    return {
      refundId: newId(this.clock),
      isStored: false,
      request: { ...request, reason: ownReason('order_cancelled'), contentHash: contentHash(request) },
    };
  }
}

function byOccurrence({ request: a }: RefundCandidate, { request: b }: RefundCandidate): number {
  if (a.occurredAt !== b.occurredAt) return a.occurredAt - b.occurredAt;
  if (a.externalId !== b.externalId) return a.externalId < b.externalId ? -1 : 1;
  return a.channel < b.channel ? -1 : 1;
}
