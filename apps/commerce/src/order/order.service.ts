import { Injectable } from '@nestjs/common';
import type { orderAccepted, OrderDetail, orderListQuery, OrderRow, OrderStatus } from '@concentric/contracts';
import { sumMinor } from '@concentric/money';
import {
  Database,
  idIn,
  idOut,
  int,
  KeysetList,
  notFound,
  partnerScopeSql,
  iso,
  isoOrNull,
  type KeysetListOptions,
  type Operator,
  type Page,
  type SqlFragment,
  type Tx,
} from '@concentric/service-kit';
import type { z } from 'zod';
import { RefundService } from '../refund/refund.service';
import { OrderRepository, storeId } from './order.repository';
import type { StoredLine } from './stored-order.rules';
import { beginsWith } from './prefix.rules';

const select =
  'SELECT order_id, external_id, channel, status, placed_at, paid_at, cancelled_at, business_date, period, currency, net_minor, refunded_minor, store_code, guide_code, leader_code, touchpoint FROM order_header';
const list: KeysetListOptions<OrderRow> = {
  select,
  sorts: {
    placedAt: { column: 'placed_at', type: 'int', notNull: true },
    externalId: { column: 'external_id', type: 'text', notNull: true },
  },
  defaultSort: '-placedAt',
  key: 'order_id',
  row: toRow,
};
const wholeOrders = new KeysetList<OrderRow>({
  ...list,
  sorts: { ...list.sorts, netMinor: { column: 'net_minor', type: 'int', notNull: true } },
});
/** Has no sort by amount: it would tell apart orders by what is not shown of them. */
const partsOfOrders = new KeysetList<OrderRow>(list);

const FEW_LINES = 5_000;

/**
 * Orders as they are read. An operator of a partner sees the lines of the stores below that partner, the orders they
 * are in as if they had no others, nothing of orders without a store, and of no line what it cost the brand.
 */
@Injectable()
export class OrderService {
  constructor(
    private readonly database: Database,
    private readonly orders: OrderRepository,
    private readonly refunds: RefundService,
  ) {}

  list(operator: Operator, brandId: string, query: z.output<typeof orderListQuery>): Promise<Page<OrderRow>> {
    const isWhole = operator.scope.kind === 'all';
    const where: SqlFragment[] = [];
    const lines = isWhole ? [] : [partnerScopeSql(operator, 'seen.store_id')];
    if (query.storeCode) lines.push({ sql: 'seen.store_id = ?', params: [storeId(brandId, query.storeCode)] });
    if (query.channel) where.push({ sql: 'channel = ?', params: [query.channel] });
    if (query.status) where.push({ sql: 'status = ?', params: [query.status] });
    if (query.from) where.push({ sql: 'business_date >= ?', params: [query.from] });
    if (query.to) where.push({ sql: 'business_date <= ?', params: [query.to] });
    if (query.q) where.push(beginsWith('external_id', query.q));
    return this.database.read(async (tx) => {
      where.push(...(await withLines(tx, brandId, lines)));
      if (isWhole) return wholeOrders.page(tx, { query, where });
      const page = await partsOfOrders.page(tx, { query, where });
      const seen = await this.orders.linesOf(
        tx,
        page.data.map((row) => row.orderId),
        partnerScopeSql(operator, 'store_id'),
      );
      return { ...page, data: page.data.map((row) => partOf(row, seen.get(row.orderId) ?? [])) };
    });
  }

  /** @throws order_not_found (404), also for an order that the operator may not see */
  async get(operator: Operator, brandId: string, orderId: string): Promise<OrderDetail> {
    return this.database.read(async (tx) => {
      const rows: Record<string, unknown>[] = await tx.query(`${select} WHERE order_id = ? AND brand_id = ?`, [
        idIn(orderId),
        idIn(brandId),
      ]);
      const [stored] = await this.orders.byIds(tx, [orderId], false);
      const lines = (await this.orders.linesOf(tx, [orderId], partnerScopeSql(operator, 'store_id'))).get(orderId);
      if (!rows[0] || !stored || !lines) throw notFound('order', orderId);
      const isWhole = operator.scope.kind === 'all';
      return {
        ...(isWhole ? toRow(rows[0]) : partOf(toRow(rows[0]), lines)),
        fulfilmentMinor: isWhole ? stored.fulfilmentMinor : null,
        buyer: stored.buyer.map(({ type }) => ({ type })),
        lines: isWhole ? lines : lines.map(withoutCost),
        refunds: await this.refunds.ofOrder(tx, operator, orderId),
      };
    });
  }

  /** What intake answers for one order. */
  async accepted(tx: Tx, brandId: string, channel: string, externalId: string): Promise<z.output<typeof orderAccepted>> {
    const sql = 'SELECT order_id, status, business_date, period FROM order_header WHERE brand_id = ? AND external_id = ? AND channel = ?';
    const rows: { order_id: Uint8Array; status: OrderStatus; business_date: string; period: string }[] = await tx.query(sql, [
      idIn(brandId),
      externalId,
      channel,
    ]);
    if (!rows[0]) throw notFound('order');
    return { orderId: idOut(rows[0].order_id), status: rows[0].status, businessDate: rows[0].business_date, period: rows[0].period };
  }
}

/**
 * Conditions for the orders of a brand that have a line like this. Few such lines are looked up one by one; where
 * there are many, some are soon met on the way along the brand's orders.
 */
async function withLines(tx: Tx, brandId: string, conditions: readonly SqlFragment[]): Promise<SqlFragment[]> {
  const ofBrand = { sql: 'brand_id = ?', params: [idIn(brandId)] };
  if (conditions.length === 0) return [ofBrand];
  const line = { sql: conditions.map(({ sql }) => sql).join(' AND '), params: conditions.flatMap(({ params }) => params) };
  const lines = { sql: `FROM order_line seen WHERE seen.brand_id = ? AND ${line.sql}`, params: [idIn(brandId), ...line.params] };
  const counted: { n: unknown }[] = await tx.query(
    `SELECT COUNT(*) AS n FROM (SELECT 1 AS one ${lines.sql} LIMIT ${FEW_LINES + 1}) few`,
    lines.params,
  );
  if (int(counted[0]?.n) <= FEW_LINES) return [{ sql: `order_id IN (SELECT seen.order_id ${lines.sql})`, params: lines.params }];
  return [
    ofBrand,
    { sql: `(SELECT 1 FROM order_line seen WHERE seen.order_id = order_header.order_id AND ${line.sql} LIMIT 1) = 1`, params: line.params },
  ];
}

/** With it a partner would know the brand's margin on each of its goods. */
const withoutCost = (line: StoredLine): StoredLine => ({ ...line, costMinor: null });

/** An order as if it had these lines only. */
function partOf(order: OrderRow, lines: readonly StoredLine[]): OrderRow {
  return {
    ...order,
    netMinor: sumMinor(lines.map((line) => line.netMinor)),
    refundedMinor: sumMinor(lines.map((line) => line.refundedMinor)),
    storeCode: lines[0]?.storeCode ?? null,
    guideCode: lines[0]?.guideCode ?? null,
  };
}

function toRow(raw: Record<string, unknown>): OrderRow {
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  return {
    orderId: raw['order_id'] instanceof Uint8Array ? idOut(raw['order_id']) : '',
    externalId: String(raw['external_id']),
    channel: String(raw['channel']),
    status: raw['status'] as OrderStatus,
    placedAt: iso(raw['placed_at']),
    paidAt: isoOrNull(raw['paid_at']),
    cancelledAt: isoOrNull(raw['cancelled_at']),
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
