import { Injectable } from '@nestjs/common';
import type { orderAccepted, OrderDetail, orderListQuery, OrderRow, OrderStatus } from '@concentric/contracts';
import { Database, idIn, idOut, int, intOrNull, KeysetList, notFound, partnerScopeSql, type Operator, type Page, type SqlFragment, type Tx } from '@concentric/service-kit';
import type { z } from 'zod';
import { RefundService } from '../refund/refund.service';
import { OrderRepository } from './order.repository';
import { beginsWith } from './prefix.rules';

const select =
  'SELECT order_id, external_id, channel, status, placed_at, paid_at, cancelled_at, business_date, period, currency, net_minor, refunded_minor, store_code, guide_code, leader_code, touchpoint FROM order_header';
const orders = new KeysetList<OrderRow>({
  select,
  sorts: {
    placedAt: { column: 'placed_at', type: 'int', notNull: true },
    netMinor: { column: 'net_minor', type: 'int', notNull: true },
    externalId: { column: 'external_id', type: 'text', notNull: true },
  },
  defaultSort: '-placedAt',
  key: 'order_id',
  row: toRow,
});

/** Orders as they are read. An operator of a partner sees those of the stores below that partner. */
@Injectable()
export class OrderService {
  constructor(
    private readonly database: Database,
    private readonly orders: OrderRepository,
    private readonly refunds: RefundService,
  ) {}

  list(operator: Operator, brandId: string, query: z.output<typeof orderListQuery>): Promise<Page<OrderRow>> {
    const where: SqlFragment[] = [{ sql: 'brand_id = ?', params: [idIn(brandId)] }, partnerScopeSql(operator, 'store_id')];
    if (query.channel) where.push({ sql: 'channel = ?', params: [query.channel] });
    if (query.status) where.push({ sql: 'status = ?', params: [query.status] });
    if (query.from) where.push({ sql: 'business_date >= ?', params: [query.from] });
    if (query.to) where.push({ sql: 'business_date <= ?', params: [query.to] });
    if (query.storeCode) where.push({ sql: 'store_code = ?', params: [query.storeCode] });
    if (query.q) where.push(beginsWith('external_id', query.q));
    return this.database.read((tx) => orders.page(tx, { query, where }));
  }

  /** @throws order_not_found (404), also for an order that the operator may not see */
  async get(operator: Operator, brandId: string, orderId: string): Promise<OrderDetail> {
    return this.database.read(async (tx) => {
      const scope = partnerScopeSql(operator, 'store_id');
      const rows: Record<string, unknown>[] = await tx.query(`${select} WHERE order_id = ? AND brand_id = ? AND ${scope.sql}`, [idIn(orderId), idIn(brandId), ...scope.params]);
      if (!rows[0]) throw notFound('order', orderId);
      const [stored] = await this.orders.byIds(tx, [orderId], false);
      if (!stored) throw notFound('order', orderId);
      await this.orders.loadLines(tx, [stored]);
      return {
        ...toRow(rows[0]),
        fulfilmentMinor: stored.fulfilmentMinor,
        buyer: stored.buyer.map(({ type }) => ({ type })),
        lines: stored.lines,
        refunds: await this.refunds.ofOrder(tx, orderId),
      };
    });
  }

  /** What intake answers for one order. */
  async accepted(tx: Tx, brandId: string, channel: string, externalId: string): Promise<z.output<typeof orderAccepted>> {
    const sql = 'SELECT order_id, status, business_date, period FROM order_header WHERE brand_id = ? AND external_id = ? AND channel = ?';
    const rows: { order_id: Uint8Array; status: OrderStatus; business_date: string; period: string }[] = await tx.query(sql, [idIn(brandId), externalId, channel]);
    if (!rows[0]) throw notFound('order');
    return { orderId: idOut(rows[0].order_id), status: rows[0].status, businessDate: rows[0].business_date, period: rows[0].period };
  }
}

function toRow(raw: Record<string, unknown>): OrderRow {
  const instant = (value: unknown) => {
    const ms = intOrNull(value);
    return ms === null ? null : new Date(ms).toISOString();
  };
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  return {
    orderId: raw['order_id'] instanceof Uint8Array ? idOut(raw['order_id']) : '',
    externalId: String(raw['external_id']),
    channel: String(raw['channel']),
    status: raw['status'] as OrderStatus,
    placedAt: new Date(int(raw['placed_at'])).toISOString(),
    paidAt: instant(raw['paid_at']),
    cancelledAt: instant(raw['cancelled_at']),
    businessDate: String(raw['business_date']),
    period: String(raw['period']),
    currency: String(raw['currency']),
    netMinor: int(raw['net_minor']),
    refundedMinor: int(raw['refunded_minor']),
    storeCode: text(raw['store_code']),
    guideCode: text(raw['guide_code']),
    leaderCode: text(raw['leader_code']),
    touchpoint: text(raw['touchpoint']),
  };
}
