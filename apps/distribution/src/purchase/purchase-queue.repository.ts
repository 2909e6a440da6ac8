import { Injectable } from '@nestjs/common';
import { Clock, idIn, idOut, int, selectIn, updateRows, type Tx } from '@concentric/service-kit';
import type { OrderRefunded, PurchaseAttributed } from '@concentric/contracts';
import { MergeRepository } from '../binding/merge.repository';
import { LONGEST_DETAIL, type Decided, type DuePurchase } from '../commission/decision.rules';
import type { DueRefund, RefundHold } from '../commission/reversal.rules';
import { orderOf, relearnt } from './order-cost.rules';
import { ProductCosts } from './product-cost.repository';

/** What of a brand's queue may be decided: sealed dates, and in live operation what has waited long enough. */
export interface Due {
  sealedThrough: string | null;
  /** Purchases received before this instant are due as well; null: only sealed dates are. */
  receivedBefore: number | null;
  /** Nothing that occurred from here on (epoch ms) is due; the index can tell, however much piles up behind it. */
  occurredBefore?: number;
}

type Where = { sql: string; params: unknown[] };

/** What became of a refund. */
export interface JudgedRefund {
  refundId: string;
  state: 'APPLIED' | 'HELD' | 'VOID';
  heldReason: RefundHold | null;
}

const COLUMNS = 'occurred_at, body, costs, accepted_detail';

/** The queue of purchases and refunds, in order of occurrence. */
@Injectable()
export class PurchaseQueue {
  constructor(
    private readonly costs: ProductCosts,
    private readonly merges: MergeRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * The oldest purchases that are due, up to `limit` of them or more: what a person bought in one instant, under whatever id, is
   * never split between two calls. Of a large instant those come first, and together however many they are, whom it shows to be somebody else.
   */
  async purchases(tx: Tx, brandId: string, due: Due, limit: number): Promise<DuePurchase[]> {
    const where = dueWhere(brandId, due);
    const rows: Record<string, unknown>[] = await tx.query(
      `SELECT ${COLUMNS} FROM purchase WHERE ${where.sql} ORDER BY occurred_at, customer_id, external_id LIMIT ${limit}`,
      where.params,
    );
    const found = rows.map(toPurchase);
    const last = found.at(-1);
    if (found.length < limit || !last) return found;
    const before = found.filter(({ occurredAt }) => occurredAt < last.occurredAt);
    if (before.length > 0) return before;
    // NULL comes first: while anything of nobody's is due in the instant, it is found.
    const nobodys = found.filter(({ data }) => data.customerId === null);
    if (nobodys.length > 0) return nobodys;
    const instant = { sql: `${where.sql} AND occurred_at = ?`, params: [...where.params, last.occurredAt] };
    const merging: { body: string }[] = await tx.query(`SELECT body FROM purchase WHERE ${instant.sql} AND merges > 0`, instant.params);
    const first = merging.length > 0 ? merging.map(({ body }) => JSON.parse(body) as PurchaseAttributed) : found.map(({ data }) => data);
    return this.ofPersons(tx, instant, first);
  }

  /** All that the persons of these orders, and those merged with them by now or by these orders, bought among the purchases of `where`. */
  private async ofPersons(tx: Tx, where: Where, orders: readonly PurchaseAttributed[]): Promise<DuePurchase[]> {
    const named = orders.flatMap(({ customerId, merged }) => (customerId === null ? [] : [customerId, ...merged]));
    const ids = await this.merges.everyIdOf(tx, [...new Set(named)]);
    const rows = await selectIn<Record<string, unknown>>(
      tx,
      `SELECT ${COLUMNS} FROM purchase WHERE ${where.sql} AND customer_id IN (?in) ORDER BY customer_id, external_id`,
      [...ids.keys()].sort().map(idIn),
      where.params,
    );
    return rows.map(toPurchase);
  }

  /** The oldest refunds that are due and whose order has been decided, or has become void, which nobody told the refund. */
  async refunds(tx: Tx, brandId: string, due: Due, limit: number): Promise<DueRefund[]> {
    const where = dueWhere(brandId, due, 'r.');
    const rows: Record<string, unknown>[] = await tx.query(
      `SELECT r.occurred_at, r.body, p.state AS order_state FROM refund r JOIN purchase p ON p.order_id = r.order_id
        WHERE ${where.sql} AND p.state IN ('DECIDED', 'VOID') ORDER BY r.occurred_at, r.refund_id LIMIT ${limit}`,
      where.params,
    );
    return rows.map((row) => ({
      data: JSON.parse(row.body as string) as OrderRefunded,
      occurredAt: int(row.occurred_at),
      ofVoid: row.order_state === 'VOID',
    }));
  }

  /** Is anything due that has not been decided or taken back yet? */
  async waiting(tx: Tx, brandId: string, due: Due, refundsDue: Due = due): Promise<boolean> {
    const where = dueWhere(brandId, due);
    const purchases: unknown[] = await tx.query(`SELECT order_id FROM purchase WHERE ${where.sql} LIMIT 1`, where.params);
    return purchases.length > 0 || (await this.refunds(tx, brandId, refundsDue, 1)).length > 0;
  }

  /** Marks purchases as decided or held, with the costs they were given. */
  async mark(tx: Tx, decided: readonly Decided[]): Promise<void> {
    const rows = decided.map((item) => {
      const orderId = idIn(item.purchase.data.orderId);
      return 'held' in item
        ? [orderId, 'HELD', item.held, item.detail.slice(0, LONGEST_DETAIL), null, 0]
        : [orderId, 'DECIDED', null, null, item.bindingId === null ? null : idIn(item.bindingId), item.late ? 1 : 0];
    });
    await updateRows(tx, 'purchase', ['order_id'], ['state', 'held_reason', 'held_detail', 'binding_id', 'late'], byId(rows));
    const given = decided.filter(({ purchase }) => purchase.given.length > 0);
    const costs = given.map(({ purchase }) => [idIn(purchase.data.orderId), JSON.stringify(purchase.given)]);
    await updateRows(tx, 'purchase', ['order_id'], ['costs'], byId(costs));
  }

  /** Marks refunds as applied, held or void. */
  async markRefunds(tx: Tx, refunds: readonly JudgedRefund[]): Promise<void> {
    const now = this.clock.now();
    const rows = refunds.map(({ refundId, state, heldReason }) => [idIn(refundId), state, heldReason, state === 'APPLIED' ? now : null]);
    await updateRows(tx, 'refund', ['refund_id'], ['state', 'held_reason', 'applied_at'], byId(rows));
  }

  /** How much of each line of these orders has been taken back, in minor units, by `order/line`. */
  async refunded(tx: Tx, orderIds: readonly string[]): Promise<Map<string, number>> {
    const rows = await selectIn<{ body: string }>(
      tx,
      "SELECT body FROM refund WHERE state = 'APPLIED' AND order_id IN (?in)",
      orderIds.map(idIn),
    );
    const sums = new Map<string, number>();
    for (const { body } of rows) {
      const { orderId, lines } = JSON.parse(body) as OrderRefunded;
      for (const { lineNo, amountMinor } of lines) sums.set(`${orderId}/${lineNo}`, (sums.get(`${orderId}/${lineNo}`) ?? 0) + amountMinor);
    }
    return sums;
  }

  /** What the products of lines that came without their cost are known to cost, by SKU and by the date from which each counts. */
  costsOf(tx: Tx, brandId: string, purchases: readonly DuePurchase[]): Promise<Map<string, Map<string, number>>> {
    const lacking = purchases.flatMap(({ data }) => data.lines.filter(({ costMinor }) => costMinor === null));
    return this.costs.of(
      tx,
      brandId,
      lacking.map(({ sku }) => sku),
    );
  }

  /** Orders of a brand with what lines that were given a cost are known to have cost by now. */
  async relearnt(tx: Tx, brandId: string, orders: readonly DuePurchase[]): Promise<DuePurchase[]> {
    const skus = orders.flatMap(({ data, given }) => (given.length === 0 ? [] : data.lines.map(({ sku }) => sku)));
    const costs = await this.costs.of(tx, brandId, skus);
    return orders.map((order) => (order.given.length === 0 ? order : { ...order, data: relearnt(order.data, order.given, costs) }));
  }

  /** Orders as they were attributed, by id. */
  async bodies(tx: Tx, orderIds: readonly string[]): Promise<Map<string, PurchaseAttributed>> {
    const rows = await selectIn<{ order_id: Buffer; body: string }>(
      tx,
      'SELECT order_id, body FROM purchase WHERE order_id IN (?in)',
      orderIds.map(idIn),
    );
    return new Map(rows.map((row) => [idOut(row.order_id), JSON.parse(row.body) as PurchaseAttributed]));
  }
}

/** Rows that begin with their id, in one order: two who write many never wait for each other in a circle (inv 25). */
function byId<Row extends readonly unknown[]>(rows: readonly Row[]): Row[] {
  return [...rows].sort((a, b) => Buffer.compare(a[0] as Buffer, b[0] as Buffer));
}

function toPurchase(row: Record<string, unknown>): DuePurchase {
  return {
    ...orderOf(row),
    occurredAt: int(row.occurred_at),
    accepted: row.accepted_detail as string | null,
  };
}

function dueWhere(brandId: string, due: Due, prefix = ''): Where {
  const conditions: string[] = [];
  const params: unknown[] = [idIn(brandId)];
  if (due.sealedThrough !== null) {
    conditions.push(`${prefix}business_date <= ?`);
    params.push(due.sealedThrough);
  }
  if (due.receivedBefore !== null) {
    conditions.push(`${prefix}received_at <= ?`);
    params.push(due.receivedBefore);
  }
  const bound = due.occurredBefore === undefined ? '' : ` AND ${prefix}occurred_at < ?`;
  if (due.occurredBefore !== undefined) params.push(due.occurredBefore);
  const when = conditions.length > 0 ? `(${conditions.join(' OR ')})` : '1 = 0';
  return { sql: `${prefix}brand_id = ? AND ${prefix}state = 'PENDING' AND ${when}${bound}`, params };
}
