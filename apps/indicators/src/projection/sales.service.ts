import { Injectable } from '@nestjs/common';
import { partnerName, type OrderLine, type OrderPaid, type OrderRefunded } from '@concentric/contracts';
import { namedId, type Tx } from '@concentric/service-kit';
import { OrderRefRepository, type OrderRefRecord, type RefundLineRecord } from './order-ref.repository';
import { OriginService } from './origin.service';
import { RollupRepository } from './rollup.repository';
import { NO_STORE, REFUND_DAILY, Rollup, SALES_DAILY } from './rollup.rules';

/** A refunded line and the order it belongs to. */
type PlacedRefund = readonly [RefundLineRecord, OrderRefRecord];

/** Adds up sales and refunds, each order and each refund once, whatever arrives first and however often. */
@Injectable()
export class SalesService {
  // Ids of stores are derived from their codes; the same few thousand come up all the time.
  private readonly storeIds = new Map<string, string>();

  constructor(
    private readonly orders: OrderRefRepository,
    private readonly rollups: RollupRepository,
    private readonly origins: OriginService,
  ) {}

  /** @throws UnknownBrand until the brand itself has arrived: the batch is then delivered again */
  async countOrders(tx: Tx, received: readonly OrderPaid[]): Promise<void> {
    const known = await this.orders.known(
      tx,
      received.map(({ orderId }) => orderId),
    );
    const fresh = [...new Map(received.filter(({ orderId }) => !known.has(orderId)).map((order) => [order.orderId, order])).values()];
    const refs = new Map(fresh.map((order) => [order.orderId, this.refOf(order)]));
    await this.orders.add(tx, [...refs.values()]);
    const sales = new Rollup(SALES_DAILY);
    const endOf = await this.origins.endsOfDates(tx, fresh);
    for (const { orderId, lines } of fresh) {
      const ref = refs.get(orderId);
      if (!ref) continue;
      const endsAt = endOf(ref.brandId, ref.businessDate);
      sales.add(salesKey(ref, ref.storeId), [endsAt], { orders: 1 });
      for (const line of lines) sales.add(salesKey(ref, storeOf(ref, line.lineNo)), [endsAt], { paid_minor: line.netMinor });
    }
    await this.rollups.add(tx, sales);
    const parked = fresh.length === 0 ? [] : await this.orders.refundLines(tx, [...refs.keys()]);
    await this.countPlaced(tx, placed(parked, refs));
  }

  /** @throws UnknownBrand until the brand itself has arrived: the batch is then delivered again */
  async countRefunds(tx: Tx, received: readonly OrderRefunded[]): Promise<void> {
    const lines = received.flatMap(({ orderId, refundId, businessDate, lines: refunded }) => {
      const byLine = new Map<number, number>();
      for (const { lineNo, amountMinor } of refunded) byLine.set(lineNo, (byLine.get(lineNo) ?? 0) + amountMinor);
      return [...byLine].map(([lineNo, amountMinor]) => ({
        orderId,
        refundId,
        lineNo,
        refundDate: businessDate,
        amountMinor,
      }));
    });
    const fresh = await this.orders.addRefunds(tx, lines);
    await this.countPlaced(
      tx,
      placed(
        fresh,
        await this.orders.find(
          tx,
          fresh.map(({ orderId }) => orderId),
        ),
      ),
    );
  }

  private async countPlaced(tx: Tx, refunds: readonly PlacedRefund[]): Promise<void> {
    const rollup = new Rollup(REFUND_DAILY);
    const endOf = await this.origins.endsOfDates(
      tx,
      refunds.map(([, ref]) => ref),
    );
    for (const [line, ref] of refunds) {
      const key = [ref.brandId, ref.businessDate, line.refundDate, ref.channel, storeOf(ref, line.lineNo), ref.currency];
      rollup.add(key, [endOf(ref.brandId, ref.businessDate)], { refunded_minor: line.amountMinor });
    }
    await this.rollups.add(tx, rollup);
  }

  private refOf(order: OrderPaid): OrderRefRecord {
    const { orderId, brandId, businessDate, channel, currency, lines } = order;
    const stores = lines.map((line) => [line.lineNo, this.storeIdOf(brandId, line)] as const);
    const storeId = stores[0]?.[1] ?? NO_STORE;
    return {
      orderId,
      brandId,
      businessDate,
      channel,
      currency,
      storeId,
      lineStores: new Map(stores.filter(([, store]) => store !== storeId)),
    };
  }

  /** Who sold a line: its store, where there is none its guide, then the leader who gathered the order. */
  private storeIdOf(brandId: string, { storeCode, guideCode, leaderCode }: OrderLine): string {
    const code = storeCode ?? guideCode ?? leaderCode;
    if (code === null) return NO_STORE;
    const name = partnerName(brandId, code);
    let id = this.storeIds.get(name);
    if (id === undefined) {
      if (this.storeIds.size > 200_000) this.storeIds.clear();
      this.storeIds.set(name, (id = namedId(name)));
    }
    return id;
  }
}

const storeOf = (ref: OrderRefRecord, lineNo: number): string => ref.lineStores.get(lineNo) ?? ref.storeId;

const salesKey = (ref: OrderRefRecord, storeId: string): string[] => [ref.brandId, ref.businessDate, ref.channel, storeId, ref.currency];

const placed = (lines: readonly RefundLineRecord[], orders: ReadonlyMap<string, OrderRefRecord>): PlacedRefund[] =>
  lines.flatMap((line) => {
    const order = orders.get(line.orderId);
    return order ? [[line, order] as const] : [];
  });
