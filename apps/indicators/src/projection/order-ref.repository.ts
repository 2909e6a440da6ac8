import { Injectable } from '@nestjs/common';
import { idIn, idOut, insertRows, int, rowLock, selectIn, type Tx } from '@concentric/service-kit';

/** What is needed to place a refund. `lineStores` names only lines of another store than `storeId`. */
export interface OrderRefRecord {
  readonly orderId: string;
  readonly brandId: string;
  readonly businessDate: string;
  readonly channel: string;
  readonly currency: string;
  readonly storeId: string;
  readonly lineStores: ReadonlyMap<number, string>;
}

export interface RefundLineRecord {
  readonly orderId: string;
  readonly refundId: string;
  readonly lineNo: number;
  readonly refundDate: string;
  readonly amountMinor: number;
}

/** Orders and refunds that have been counted, each once. */
@Injectable()
export class OrderRefRepository {
  async known(tx: Tx, orderIds: readonly string[]): Promise<Set<string>> {
    const rows = await selectIn<{ order_id: Uint8Array }>(tx, 'SELECT order_id FROM order_ref WHERE order_id IN (?in)', orderIds.map(idIn));
    return new Set(rows.map((row) => idOut(row.order_id)));
  }

  async add(tx: Tx, orders: readonly OrderRefRecord[]): Promise<void> {
    await insertRows(
      tx,
      'order_ref',
      ['order_id', 'brand_id', 'business_date', 'channel', 'currency', 'store_id'],
      orders.map((o) => [idIn(o.orderId), idIn(o.brandId), o.businessDate, o.channel, o.currency, idIn(o.storeId)]),
    );
    await insertRows(
      tx,
      'order_line_ref',
      ['order_id', 'line_no', 'store_id'],
      orders.flatMap((o) => [...o.lineStores].map(([lineNo, storeId]) => [idIn(o.orderId), lineNo, idIn(storeId)])),
    );
  }

  /** Orders by id; waits for those that another transaction is just writing. */
  async find(tx: Tx, orderIds: readonly string[]): Promise<Map<string, OrderRefRecord>> {
    const ids = [...new Set(orderIds)].sort().map(idIn);
    const rows = await selectIn<Record<string, Uint8Array & string>>(
      tx,
      `SELECT order_id, brand_id, business_date, channel, currency, store_id FROM order_ref WHERE order_id IN (?in)${rowLock(tx, 'share')}`,
      ids,
    );
    const lines = await selectIn<{ order_id: Uint8Array; line_no: unknown; store_id: Uint8Array }>(
      tx,
      'SELECT order_id, line_no, store_id FROM order_line_ref WHERE order_id IN (?in)',
      ids,
    );
    const stores = new Map<string, Map<number, string>>();
    for (const line of lines) {
      const orderId = idOut(line.order_id);
      stores.set(orderId, (stores.get(orderId) ?? new Map<number, string>()).set(int(line.line_no), idOut(line.store_id)));
    }
    return new Map(
      rows.map((row) => {
        const orderId = idOut(row['order_id'] as Uint8Array);
        return [
          orderId,
          {
            orderId,
            brandId: idOut(row['brand_id'] as Uint8Array),
            businessDate: String(row['business_date']),
            channel: String(row['channel']),
            currency: String(row['currency']),
            storeId: idOut(row['store_id'] as Uint8Array),
            lineStores: stores.get(orderId) ?? new Map<number, string>(),
          },
        ];
      }),
    );
  }

  /** Stores the lines of refunds that are not known yet and returns them. */
  async addRefunds(tx: Tx, lines: readonly RefundLineRecord[]): Promise<RefundLineRecord[]> {
    const known = new Set(
      (
        await this.refundLines(
          tx,
          lines.map(({ orderId }) => orderId),
        )
      ).map(lineKey),
    );
    const fresh = [...new Map(lines.filter((line) => !known.has(lineKey(line))).map((line) => [lineKey(line), line])).values()];
    await insertRows(
      tx,
      'refund_line',
      ['order_id', 'refund_id', 'line_no', 'refund_date', 'amount_minor'],
      fresh.map((line) => [idIn(line.orderId), idIn(line.refundId), line.lineNo, line.refundDate, line.amountMinor]),
    );
    return fresh;
  }

  /** Refunded lines of some orders; waits for those that another transaction is just writing. */
  async refundLines(tx: Tx, orderIds: readonly string[]): Promise<RefundLineRecord[]> {
    const rows = await selectIn<{
      order_id: Uint8Array;
      refund_id: Uint8Array;
      line_no: unknown;
      refund_date: string;
      amount_minor: unknown;
    }>(
      tx,
      `SELECT order_id, refund_id, line_no, refund_date, amount_minor FROM refund_line WHERE order_id IN (?in)${rowLock(tx, 'share')}`,
      [...new Set(orderIds)].sort().map(idIn),
    );
    return rows.map((row) => ({
      orderId: idOut(row.order_id),
      refundId: idOut(row.refund_id),
      lineNo: int(row.line_no),
      refundDate: row.refund_date,
      amountMinor: int(row.amount_minor),
    }));
  }
}

const lineKey = ({ refundId, lineNo }: RefundLineRecord): string => `${refundId}/${lineNo}`;
