import { Injectable } from '@nestjs/common';
import { idIn, idOut, idOutOrNull, insertRows, int, rowLock, selectIn, updateRows, type Tx } from '@concentric/service-kit';

export interface PurchaseRecord {
  readonly orderId: string;
  readonly brandId: string;
  readonly customerId: string | null;
  readonly externalId: string;
  readonly channel: string;
  readonly at: number;
  readonly businessDate: string;
  readonly currency: string;
  readonly netMinor: number;
  readonly member: boolean;
  readonly tier: string | null;
}

export interface RefundRecord {
  readonly refundId: string;
  readonly orderId: string;
  readonly brandId: string;
  readonly at: number;
  readonly amountMinor: number;
}

/** Purchases and the refunds of them, written in bulk. */
@Injectable()
export class PurchaseRepository {
  /** Which of these orders are known already. */
  async known(tx: Tx, orderIds: readonly string[]): Promise<Set<string>> {
    const rows = await selectIn<{ order_id: Uint8Array }>(tx, 'SELECT order_id FROM purchase WHERE order_id IN (?in)', orderIds.map(idIn));
    return new Set(rows.map((row) => idOut(row.order_id)));
  }

  async add(tx: Tx, purchases: readonly PurchaseRecord[]): Promise<void> {
    await insertRows(
      tx,
      'purchase',
      [
        'order_id',
        'brand_id',
        'customer_id',
        'external_id',
        'channel',
        'occurred_at',
        'business_date',
        'currency',
        'net_minor',
        'refunded_minor',
        'member',
        'tier',
      ],
      purchases.map((p) => [
        idIn(p.orderId),
        idIn(p.brandId),
        p.customerId === null ? null : idIn(p.customerId),
        p.externalId,
        p.channel,
        p.at,
        p.businessDate,
        p.currency,
        p.netMinor,
        0,
        p.member ? 1 : 0,
        p.tier,
      ]),
    );
  }

  /** Stores refunds that are not known yet and returns them; those known already are left out. */
  async addRefunds(tx: Tx, refunds: readonly RefundRecord[]): Promise<RefundRecord[]> {
    const known = new Set(
      (
        await this.refundsOf(
          tx,
          refunds.map(({ orderId }) => orderId),
        )
      ).map(({ refundId }) => refundId),
    );
    const fresh = new Map(refunds.filter(({ refundId }) => !known.has(refundId)).map((refund) => [refund.refundId, refund]));
    await insertRows(
      tx,
      'purchase_refund',
      ['order_id', 'refund_id', 'brand_id', 'occurred_at', 'amount_minor'],
      [...fresh.values()].map((r) => [idIn(r.orderId), idIn(r.refundId), idIn(r.brandId), r.at, r.amountMinor]),
    );
    return [...fresh.values()];
  }

  /**
   * The refunds of some orders. With `settled`, one that another transaction is just writing is waited for:
   * an order and its refund that arrive at the same moment would otherwise miss each other.
   */
  async refundsOf(tx: Tx, orderIds: readonly string[], settled?: 'settled'): Promise<RefundRecord[]> {
    const rows = await selectIn<{
      order_id: Uint8Array;
      refund_id: Uint8Array;
      brand_id: Uint8Array;
      occurred_at: unknown;
      amount_minor: unknown;
    }>(
      tx,
      `SELECT order_id, refund_id, brand_id, occurred_at, amount_minor FROM purchase_refund WHERE order_id IN (?in)${settled ? rowLock(tx, 'share') : ''}`,
      [...new Set(orderIds)].sort().map(idIn),
    );
    return rows.map((row) => ({
      orderId: idOut(row.order_id),
      refundId: idOut(row.refund_id),
      brandId: idOut(row.brand_id),
      at: int(row.occurred_at),
      amountMinor: int(row.amount_minor),
    }));
  }

  /** Who placed these orders, by order id; orders that have not arrived are missing, null is nobody known. */
  async buyers(tx: Tx, orderIds: readonly string[]): Promise<Map<string, string | null>> {
    const rows = await selectIn<{ order_id: Uint8Array; customer_id: Uint8Array | null }>(
      tx,
      `SELECT order_id, customer_id FROM purchase WHERE order_id IN (?in)${rowLock(tx, 'update')}`,
      [...new Set(orderIds)].sort().map(idIn),
    );
    return new Map(rows.map((row) => [idOut(row.order_id), idOutOrNull(row.customer_id)]));
  }

  /** Adds refunds to the purchases they belong to. */
  async takeBack(tx: Tx, refunds: readonly RefundRecord[]): Promise<void> {
    const byOrder = new Map<string, number>();
    for (const { orderId, amountMinor } of refunds) byOrder.set(orderId, (byOrder.get(orderId) ?? 0) + amountMinor);
    const ids = [...byOrder.keys()].sort();
    const rows = await selectIn<{ order_id: Uint8Array; refunded_minor: unknown }>(
      tx,
      'SELECT order_id, refunded_minor FROM purchase WHERE order_id IN (?in)',
      ids.map(idIn),
    );
    const before = new Map(rows.map((row) => [idOut(row.order_id), int(row.refunded_minor)]));
    await updateRows(
      tx,
      'purchase',
      ['order_id'],
      ['refunded_minor'],
      ids.map((id) => [idIn(id), (before.get(id) ?? 0) + (byOrder.get(id) ?? 0)]),
    );
  }
}
