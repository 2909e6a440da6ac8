import { Injectable } from '@nestjs/common';
import type { OrderPaid, OrderRefunded } from '@concentric/contracts';
import { sumMinor } from '@concentric/money';
import { BrandDirectory, grouped, type Tx } from '@concentric/service-kit';
import { PersonService } from '../member/person.service';
import { SealService } from '../seal/seal.service';
import { AttributionService } from './attribution.service';
import { PurchaseRepository } from './purchase.repository';
import { RefundService } from './refund.service';

/** Takes in what commerce publishes, in batches: orders become purchases of somebody, refunds take them back. */
@Injectable()
export class PurchaseService {
  constructor(
    private readonly brands: BrandDirectory,
    private readonly purchases: PurchaseRepository,
    private readonly attribution: AttributionService,
    private readonly refunds: RefundService,
    private readonly persons: PersonService,
    private readonly seals: SealService,
  ) {}

  /** @throws UnknownBrand until the brand itself has arrived: the batch is then delivered again */
  async takeOrders(tx: Tx, orders: readonly OrderPaid[]): Promise<void> {
    const known = await this.purchases.known(
      tx,
      orders.map(({ orderId }) => orderId),
    );
    const fresh = new Map(orders.filter(({ orderId }) => !known.has(orderId)).map((order) => [order.orderId, order]));
    for (const [brandId, ofBrand] of grouped(fresh.values(), ({ brandId }) => brandId)) {
      const brand = await this.brands.get(tx, brandId);
      const roster = await this.attribution.attribute(tx, brand, ofBrand);
      await this.persons.save(tx, brand, roster);
      const parked = await this.purchases.refundsOf(
        tx,
        ofBrand.map(({ orderId }) => orderId),
        'settled',
      );
      await this.refunds.takeBack(tx, brand, parked);
    }
    await this.seals.count(
      tx,
      'orders',
      [...fresh.values()].map(({ lines, ...order }) => ({
        ...order,
        amountMinor: sumMinor(lines.map(({ netMinor }) => netMinor)),
      })),
    );
  }

  /** @throws UnknownBrand until the brand itself has arrived: the batch is then delivered again */
  async takeRefunds(tx: Tx, refunds: readonly OrderRefunded[]): Promise<void> {
    const received = new Map(
      refunds.map((refund) => [refund.refundId, { ...refund, at: Date.parse(refund.occurredAt), amountMinor: amountOf(refund) }]),
    );
    const fresh = await this.purchases.addRefunds(tx, [...received.values()]);
    for (const [brandId, ofBrand] of grouped(fresh, ({ brandId }) => brandId)) {
      await this.refunds.takeBack(tx, await this.brands.get(tx, brandId), ofBrand);
    }
    await this.seals.count(
      tx,
      'refunds',
      fresh.flatMap(({ refundId }) => received.get(refundId) ?? []),
    );
  }
}

const amountOf = ({ lines }: OrderRefunded): number => sumMinor(lines.map(({ amountMinor }) => amountMinor));
