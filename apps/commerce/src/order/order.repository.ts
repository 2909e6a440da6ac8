import { Injectable } from '@nestjs/common';
import { partnerName } from '@concentric/contracts';
import {
  grouped,
  idIn,
  idOut,
  insertRows,
  namedId,
  rowLock,
  selectIn,
  updateRows,
  type SqlFragment,
  type Tx,
} from '@concentric/service-kit';
import { toLine, toOrder, type RawLine, type RawOrder, type StoredLine, type StoredOrder } from './stored-order.rules';

const headerColumns = [
  'order_id',
  'brand_id',
  'channel',
  'external_id',
  'status',
  'frozen_hash',
  'placed_at',
  'paid_at',
  'cancelled_at',
  'business_date',
  'period',
  'currency',
  'buyer',
  'store_code',
  'guide_code',
  'leader_code',
  'touchpoint',
  'fulfilment_minor',
  'net_minor',
  'refunded_minor',
  'created_at',
  'updated_at',
];
const selectHeader =
  'SELECT order_id, brand_id, channel, external_id, status, frozen_hash, placed_at, paid_at, cancelled_at, business_date, period, currency, buyer, store_code, guide_code, leader_code, touchpoint, fulfilment_minor, net_minor, refunded_minor FROM order_header';
const lineColumns = [
  'order_id',
  'line_no',
  'brand_id',
  'sku',
  'category',
  'quantity',
  'net_minor',
  'cost_minor',
  'refunded_minor',
  'store_code',
  'store_id',
  'guide_code',
];

/** Multi-row reads and writes of orders: intake never handles them one by one. */
@Injectable()
export class OrderRepository {
  /** Locks and loads the orders of one brand that have these external ids, in any channel; without lines. */
  async byExternalIds(tx: Tx, brandId: string, externalIds: readonly string[]): Promise<StoredOrder[]> {
    const sql = `${selectHeader} WHERE brand_id = ? AND external_id IN (?in) ORDER BY external_id, channel${rowLock(tx, 'update')}`;
    const rows = await selectIn<RawOrder>(tx, sql, [...new Set(externalIds)].sort(), [idIn(brandId)]);
    return rows.map(toOrder);
  }

  /** Loads orders by id, locked unless they are only shown; without lines. */
  async byIds(tx: Tx, orderIds: readonly string[], isLocked = true): Promise<StoredOrder[]> {
    const sql = `${selectHeader} WHERE order_id IN (?in) ORDER BY order_id${isLocked ? rowLock(tx, 'update') : ''}`;
    const rows = await selectIn<RawOrder>(tx, sql, [...orderIds].sort().map(idIn));
    return rows.map(toOrder);
  }

  /** Fills in the lines of orders, ascending. */
  async loadLines(tx: Tx, orders: readonly StoredOrder[]): Promise<void> {
    const lines = await this.linesOf(
      tx,
      orders.map((order) => order.orderId),
    );
    for (const order of orders) order.lines = lines.get(order.orderId) ?? [];
  }

  /** Lines of each order, ascending. @param seen condition on columns of `order_line` */
  async linesOf(tx: Tx, orderIds: readonly string[], seen: SqlFragment = { sql: '1 = 1', params: [] }): Promise<Map<string, StoredLine[]>> {
    const sql = `SELECT order_id, line_no, sku, category, quantity, net_minor, cost_minor, refunded_minor, store_code, guide_code FROM order_line WHERE order_id IN (?in) AND ${seen.sql} ORDER BY order_id, line_no`;
    const rows = await selectIn<RawLine>(tx, sql, orderIds.map(idIn), [], seen.params);
    const byOrder = grouped(rows, (row) => idOut(row.order_id));
    return new Map([...byOrder].map(([orderId, lines]) => [orderId, lines.map(toLine)]));
  }

  /** Orders that named one of these buyers (blind indexes, hex) and contain one of these products. */
  async idsOfBuyers(
    tx: Tx,
    brandId: string,
    indexes: readonly string[],
    skus: readonly string[],
  ): Promise<{ index: string; orderId: string }[]> {
    const sql = `SELECT DISTINCT b.buyer_index, b.order_id FROM order_buyer_index b JOIN order_line l ON l.order_id = b.order_id
      WHERE b.brand_id = ? AND b.buyer_index IN (?in) AND l.sku IN (${skus.map(() => '?').join(', ')})`;
    const rows = await selectIn<{ buyer_index: Uint8Array; order_id: Uint8Array }>(
      tx,
      sql,
      [...new Set(indexes)].sort().map((index) => Buffer.from(index, 'hex')),
      [idIn(brandId)],
      [...skus],
    );
    return rows.map((row) => ({ index: Buffer.from(row.buyer_index).toString('hex'), orderId: idOut(row.order_id) }));
  }

  /** Writes new orders with their lines and the blind indexes of their buyers. @param now epoch ms */
  async insert(tx: Tx, orders: readonly StoredOrder[], now: number): Promise<void> {
    const lines: unknown[][] = [];
    const buyers: unknown[][] = [];
    const headers = orders.map((order) => {
      const orderId = idIn(order.orderId);
      const brandId = idIn(order.brandId);
      for (const line of order.lines) {
        lines.push([
          orderId,
          line.lineNo,
          brandId,
          line.sku,
          line.category,
          line.quantity,
          line.netMinor,
          line.costMinor,
          line.refundedMinor,
          line.storeCode,
          line.storeCode === null ? null : storeId(order.brandId, line.storeCode),
          line.guideCode,
        ]);
      }
      for (const identity of order.buyer) buyers.push([brandId, Buffer.from(identity.index, 'hex'), orderId]);
      return [
        orderId,
        brandId,
        order.channel,
        order.externalId,
        order.status,
        order.frozenHash,
        order.placedAt,
        order.paidAt,
        order.cancelledAt,
        order.businessDate,
        order.period,
        order.currency,
        order.buyer.length > 0 ? JSON.stringify(order.buyer) : null,
        order.storeCode,
        order.guideCode,
        order.leaderCode,
        order.touchpoint,
        order.fulfilmentMinor,
        order.netMinor,
        order.refundedMinor,
        now,
        now,
      ];
    });
    await insertRows(tx, 'order_header', headerColumns, headers);
    await insertRows(tx, 'order_line', lineColumns, lines);
    await insertRows(tx, 'order_buyer_index', ['brand_id', 'buyer_index', 'order_id'], buyers);
  }

  /** Writes how far orders have come: status, instants of payment and cancellation, cost of fulfilment. @param now epoch ms */
  async updateStatus(tx: Tx, orders: readonly StoredOrder[], now: number): Promise<void> {
    const rows = orders.map((order) => [idIn(order.orderId), order.status, order.paidAt, order.cancelledAt, order.fulfilmentMinor, now]);
    await updateRows(tx, 'order_header', ['order_id'], ['status', 'paid_at', 'cancelled_at', 'fulfilment_minor', 'updated_at'], rows);
  }

  /** Writes what has been refunded of orders and of those of their lines that `isTouched` names. @param now epoch ms */
  async updateRefunded(tx: Tx, orders: readonly StoredOrder[], isTouched: (line: StoredLine) => boolean, now: number): Promise<void> {
    const sorted = [...orders].sort((a, b) => (a.orderId < b.orderId ? -1 : 1));
    const lines = sorted.flatMap((order) =>
      order.lines.filter(isTouched).map((line) => [idIn(order.orderId), line.lineNo, line.refundedMinor]),
    );
    await updateRows(tx, 'order_line', ['order_id', 'line_no'], ['refunded_minor'], lines);
    await updateRows(
      tx,
      'order_header',
      ['order_id'],
      ['refunded_minor', 'updated_at'],
      sorted.map((order) => [idIn(order.orderId), order.refundedMinor, now]),
    );
  }
}

/** A store as a partner, in the shape of the database. */
export function storeId(brandId: string, storeCode: string): Uint8Array {
  return idIn(namedId(partnerName(brandId, storeCode)));
}
