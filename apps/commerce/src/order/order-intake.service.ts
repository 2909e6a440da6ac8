import { Injectable } from '@nestjs/common';
import { orderInput, orderPaid, type FieldError, type OrderPaid } from '@concentric/contracts';
import { unitCostOn } from '@concentric/money';
import { Clock, newId, Outbox, PersonalData, iso, type Tx } from '@concentric/service-kit';
import type { BlindIndex, BrandRules } from '../brand/brand.rules';
import { fault, type IntakeRow, type PublishedDays, type Tally } from '../intake/intake.rules';
import { ProductRepository } from '../product/product.repository';
import type { ProductState } from '../product/product.rules';
import { RefundFollowUpService } from '../refund/refund-follow-up.service';
import { OrderRepository } from './order.repository';
import type { StoredLine, StoredOrder } from './stored-order.rules';
import { draftOrder, futureFaults, isPaid, movesForward, type OrderDraft, type ValidOrder } from './order.rules';

interface DraftRow {
  index: number;
  draft: OrderDraft;
}

/** What a batch does to orders, gathered in memory and written at its end in a handful of statements. */
class OrderBatch {
  readonly orders = new Map<string, StoredOrder>();
  readonly added = new Set<StoredOrder>();
  readonly moved = new Set<StoredOrder>();
  readonly paid: StoredOrder[] = [];
  readonly cancelled: StoredOrder[] = [];

  constructor(known: readonly StoredOrder[]) {
    for (const order of known) this.orders.set(keyOf(order), order);
  }
}

/** Takes orders in, whole batches at a time: the first station of the main job and its hot path. */
@Injectable()
export class OrderIntakeService {
  readonly schema = orderInput;
  readonly nameField = 'externalId';
  readonly lock = 'share';

  constructor(
    private readonly orders: OrderRepository,
    private readonly products: ProductRepository,
    private readonly followUp: RefundFollowUpService,
    private readonly personalData: PersonalData,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * Stores new orders, moves known ones forward and publishes each when it is first seen paid. A row that repeats an
   * earlier one of the same batch is treated as if the batch were sent in two.
   * Refuses rows with order_changed, channel_unknown, currency_mismatch, no_such_moment, line_repeated and amounts too large.
   */
  async store(tx: Tx, brand: BrandRules, rows: readonly IntakeRow<ValidOrder>[], tally: Tally, published: PublishedDays): Promise<void> {
    const drafts = this.draft(brand, rows, tally);
    const batch = new OrderBatch(
      await this.orders.byExternalIds(
        tx,
        brand.brandId,
        drafts.map((row) => row.draft.externalId),
      ),
    );
    await this.loadLinesOfMoving(tx, batch, drafts);
    const products = await this.productsOfNew(tx, brand, batch, drafts);
    for (const row of drafts) this.take(brand, batch, row, products, tally);

    const now = this.clock.now();
    await this.orders.insert(tx, [...batch.added], now);
    await this.orders.updateStatus(
      tx,
      [...batch.moved].sort((a, b) => (a.orderId < b.orderId ? -1 : 1)),
      now,
    );
    await this.outbox.add(
      tx,
      orderPaid,
      batch.paid.map((order) => toPaid(order, brand)),
    );
    for (const order of batch.paid) published.add(order.channel, order.businessDate);
    await this.followUp.afterOrders(tx, brand, { paid: batch.paid, cancelled: batch.cancelled }, published);
  }

  private draft(brand: BrandRules, rows: readonly IntakeRow<ValidOrder>[], tally: Tally): DraftRow[] {
    const blindIndex: BlindIndex = (type, value) => this.personalData.index(type, value, brand.brandId);
    return rows.flatMap(({ index, value }) => {
      const draft = draftOrder(value, brand, blindIndex);
      const faults = Array.isArray(draft) ? draft : futureFaults(draft.placedAt, this.clock.now());
      if (!Array.isArray(draft) && faults.length === 0) return [{ index, draft }];
      tally.reject(index, value.externalId, faults);
      return [];
    });
  }

  /** Lines are needed only where an order that is here already becomes paid now. */
  private async loadLinesOfMoving(tx: Tx, batch: OrderBatch, drafts: readonly DraftRow[]): Promise<void> {
    const moving = new Set<StoredOrder>();
    for (const { draft } of drafts) {
      const order = batch.orders.get(keyOf(draft));
      if (order && order.paidAt === null && isPaid(draft.status)) moving.add(order);
    }
    if (moving.size > 0) await this.orders.loadLines(tx, [...moving]);
  }

  private productsOfNew(tx: Tx, brand: BrandRules, batch: OrderBatch, drafts: readonly DraftRow[]): Promise<Map<string, ProductState>> {
    const skus = new Set<string>();
    for (const { draft } of drafts) {
      if (batch.orders.has(keyOf(draft))) continue;
      for (const line of draft.lines) if (line.costMinor === null || line.category === null) skus.add(line.sku);
    }
    return skus.size > 0 ? this.products.bySku(tx, brand.brandId, skus) : Promise.resolve(new Map());
  }

  private take(
    brand: BrandRules,
    batch: OrderBatch,
    { index, draft }: DraftRow,
    products: ReadonlyMap<string, ProductState>,
    tally: Tally,
  ): void {
    const known = batch.orders.get(keyOf(draft));
    if (!known) {
      const order = this.open(brand, draft, products);
      if (Array.isArray(order)) return tally.reject(index, draft.externalId, order);
      batch.orders.set(keyOf(order), order);
      batch.added.add(order);
      if (order.paidAt !== null) batch.paid.push(order);
      if (order.status === 'cancelled') batch.cancelled.push(order);
      return tally.accept();
    }
    if (!known.frozenHash.equals(draft.frozenHash)) return tally.reject(index, draft.externalId, [orderChanged(known)]);
    if (!movesForward(known.status, draft.status)) return tally.leave();
    known.status = draft.status;
    known.fulfilmentMinor ??= draft.fulfilmentMinor;
    if (known.paidAt === null && isPaid(draft.status)) {
      known.paidAt = draft.paidAt ?? known.placedAt;
      batch.paid.push(known);
    }
    if (draft.status === 'cancelled') {
      known.cancelledAt = draft.cancelledAt ?? this.clock.now();
      batch.cancelled.push(known);
    }
    if (!batch.added.has(known)) batch.moved.add(known);
    tally.accept();
  }

  private open(brand: BrandRules, draft: OrderDraft, products: ReadonlyMap<string, ProductState>): StoredOrder | FieldError[] {
    const lines: StoredLine[] = [];
    for (const [at, line] of draft.lines.entries()) {
      const product = products.get(line.sku);
      const costMinor = line.costMinor ?? costOf(product, draft.businessDate, line.quantity);
      if (costMinor !== null && !Number.isSafeInteger(costMinor)) return [costTooLarge(at)];
      lines.push({ ...line, category: line.category ?? product?.category ?? null, costMinor, refundedMinor: 0 });
    }
    return {
      ...draft,
      orderId: newId(this.clock),
      brandId: brand.brandId,
      paidAt: isPaid(draft.status) ? (draft.paidAt ?? draft.placedAt) : null,
      cancelledAt: draft.status === 'cancelled' ? (draft.cancelledAt ?? this.clock.now()) : null,
      currency: brand.currency,
      buyer: draft.buyer.map(({ type, value, index }) => this.personalData.seal(type, value, brand.brandId, index)),
      refundedMinor: 0,
      lines,
    };
  }
}

function keyOf(order: { channel: string; externalId: string }): string {
  return `${order.channel} ${order.externalId}`;
}

function costOf(product: ProductState | undefined, date: string, quantity: number): number | null {
  const unit = product ? unitCostOn(product.costs, date) : null;
  return unit === null ? null : unit * quantity;
}

function toPaid(order: StoredOrder, brand: BrandRules): OrderPaid {
  return {
    brandId: order.brandId,
    orderId: order.orderId,
    externalId: order.externalId,
    channel: order.channel,
    channelDomain: brand.domain(order.channel),
    occurredAt: iso(order.placedAt),
    paidAt: iso(order.paidAt ?? order.placedAt),
    businessDate: order.businessDate,
    period: order.period,
    currency: order.currency,
    touchpoint: order.touchpoint,
    lines: order.lines.map(({ lineNo, sku, category, quantity, netMinor, costMinor, storeCode, guideCode }) => ({
      lineNo,
      sku,
      category,
      quantity,
      netMinor,
      costMinor,
      storeCode,
      guideCode,
      leaderCode: order.leaderCode,
    })),
    buyer: order.buyer,
  };
}

function orderChanged(known: StoredOrder): FieldError {
  const message = `order ${known.externalId} was taken in before with other lines, amounts, buyer, people who served or time`;
  return fault(
    'externalId',
    'order_changed',
    message,
    'Send what changed as a refund, or as another order with its own number; the status may be sent again with the original content.',
  );
}

function costTooLarge(at: number): FieldError {
  return fault(
    `lines[${at}].quantity`,
    'amount_too_large',
    'quantity times unit cost is more than can be kept exactly',
    'Check quantity and unit cost: costs are in minor units, such as cents.',
  );
}
