import { Injectable } from '@nestjs/common';
import { orderRefunded } from '@concentric/contracts';
import { Clock, Outbox, iso, type Tx } from '@concentric/service-kit';
import type { BrandRules } from '../brand/brand.rules';
import type { PublishedDays } from '../intake/intake.rules';
import { OrderRepository } from '../order/order.repository';
import type { StoredLine, StoredOrder } from '../order/stored-order.rules';
import { RefundDesk } from './refund-desk.rules';
import { RefundRepository } from './refund.repository';
import type { RefundRequest } from './refund.rules';

/** Loads the orders that refunds concern, and writes and publishes what was decided about them. */
@Injectable()
export class RefundBookingService {
  constructor(
    private readonly orders: OrderRepository,
    private readonly refunds: RefundRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Locks every order that these refunds may take from and lays them on one desk. */
  async open(tx: Tx, brand: BrandRules, requests: readonly RefundRequest[]): Promise<RefundDesk<StoredOrder>> {
    const named = requests.flatMap((request) => request.orderExternalId ?? []);
    const orders = named.length > 0 ? await this.orders.byExternalIds(tx, brand.brandId, named) : [];
    const buyers = await this.buyersOf(tx, brand, requests);
    const loaded = new Set(orders.map((order) => order.orderId));
    const further = [...new Set(buyers.map((buyer) => buyer.orderId))].filter((orderId) => !loaded.has(orderId));
    if (further.length > 0) orders.push(...(await this.orders.byIds(tx, further)));
    if (orders.length > 0) await this.orders.loadLines(tx, orders);

    const byId = new Map(orders.map((order) => [order.orderId, order]));
    const byBuyer = new Map<string, Set<StoredOrder>>();
    for (const { index, orderId } of buyers) {
      const order = byId.get(orderId);
      if (!order) continue;
      const known = byBuyer.get(index) ?? new Set();
      byBuyer.set(index, known.add(order));
    }
    return new RefundDesk(orders, byBuyer);
  }

  /** Writes what the desk decided: refunds, what is left of their orders, and the events of those that are applied. */
  async close(tx: Tx, brand: BrandRules, desk: RefundDesk<StoredOrder>, published: PublishedDays): Promise<void> {
    const now = this.clock.now();
    await this.refunds.write(tx, brand, desk.decided, now);
    await this.orders.updateRefunded(tx, [...desk.touchedOrders], (line: StoredLine) => desk.touchedLines.has(line), now);
    const events = desk.decided.flatMap(({ candidate: { refundId, request }, outcome }) => {
      if (outcome.state !== 'applied') return [];
      published.add(request.channel, request.businessDate);
      return [
        {
          brandId: brand.brandId,
          refundId,
          orderId: outcome.order.orderId,
          channel: request.channel,
          occurredAt: iso(request.occurredAt),
          businessDate: request.businessDate,
          period: request.period,
          currency: brand.currency,
          reason: request.reason,
          lines: outcome.parts,
        },
      ];
    });
    await this.outbox.add(tx, orderRefunded, events);
  }

  private async buyersOf(tx: Tx, brand: BrandRules, requests: readonly RefundRequest[]): Promise<{ index: string; orderId: string }[]> {
    const matches = requests.flatMap((request) => request.match ?? []);
    if (matches.length === 0) return [];
    return this.orders.idsOfBuyers(
      tx,
      brand.brandId,
      matches.map((match) => match.index),
      [...new Set(matches.map((match) => match.sku))],
    );
  }
}
