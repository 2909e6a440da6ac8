import { Injectable } from '@nestjs/common';
import type { OrderDetail, refundAccepted, refundListQuery, RefundRow } from '@concentric/contracts';
import { Database, idIn, idOut, idOutOrNull, int, intOrNull, KeysetList, notFound, partnerScopeSql, selectIn, type Operator, type Page, type SqlFragment, type Tx } from '@concentric/service-kit';
import type { z } from 'zod';
import { beginsWith } from '../order/prefix.rules';

const select =
  'SELECT refund_id, external_id, channel, state, hold_reason, order_id, order_external_id, occurred_at, business_date, period, currency, requested_minor, refunded_minor, reason FROM refund';
const refunds = new KeysetList<RefundRow>({
  select,
  sorts: {
    occurredAt: { column: 'occurred_at', type: 'int', notNull: true },
    refundedMinor: { column: 'refunded_minor', type: 'int', notNull: true },
    externalId: { column: 'external_id', type: 'text', notNull: true },
  },
  defaultSort: '-occurredAt',
  key: 'refund_id',
  row: toRow,
});

/** Refunds as they are read. An operator of a partner sees those of orders they may see. */
@Injectable()
export class RefundService {
  constructor(private readonly database: Database) {}

  list(operator: Operator, brandId: string, query: z.output<typeof refundListQuery>): Promise<Page<RefundRow>> {
    const where: SqlFragment[] = [{ sql: 'brand_id = ?', params: [idIn(brandId)] }];
    if (operator.scope.kind !== 'all') {
      const scope = partnerScopeSql(operator, 'seen.store_id');
      where.push({ sql: `order_id IN (SELECT seen.order_id FROM order_header seen WHERE seen.brand_id = ? AND ${scope.sql})`, params: [idIn(brandId), ...scope.params] });
    }
    if (query.channel) where.push({ sql: 'channel = ?', params: [query.channel] });
    if (query.state) where.push({ sql: 'state = ?', params: [query.state] });
    if (query.from) where.push({ sql: 'business_date >= ?', params: [query.from] });
    if (query.to) where.push({ sql: 'business_date <= ?', params: [query.to] });
    if (query.q) where.push(beginsWith('external_id', query.q));
    return this.database.read((tx) => refunds.page(tx, { query, where }));
  }

  /** Applied refunds of one order with their lines, in order of occurrence. */
  async ofOrder(tx: Tx, orderId: string): Promise<OrderDetail['refunds']> {
    const rows: Record<string, unknown>[] = await tx.query(`${select} WHERE order_id = ? ORDER BY occurred_at, refund_id`, [idIn(orderId)]);
    const found = rows.map((row) => ({ ...toRow(row), lines: [] as { lineNo: number; amountMinor: number }[] }));
    const byId = new Map(found.map((refund) => [refund.refundId, refund]));
    const sql = 'SELECT refund_id, line_no, amount_minor FROM refund_line WHERE refund_id IN (?in) ORDER BY refund_id, line_no';
    const lines = await selectIn<{ refund_id: Uint8Array; line_no: unknown; amount_minor: unknown }>(tx, sql, [...byId.keys()].map(idIn));
    for (const line of lines) byId.get(idOut(line.refund_id))?.lines.push({ lineNo: int(line.line_no), amountMinor: int(line.amount_minor) });
    return found;
  }

  /** What intake answers for one refund. */
  async accepted(tx: Tx, brandId: string, channel: string, externalId: string): Promise<z.output<typeof refundAccepted>> {
    const rows: Record<string, unknown>[] = await tx.query(`${select} WHERE brand_id = ? AND external_id = ? AND channel = ?`, [idIn(brandId), externalId, channel]);
    if (!rows[0]) throw notFound('refund');
    const { refundId, state, holdReason, orderId, refundedMinor } = toRow(rows[0]);
    return { refundId, state, holdReason, orderId, refundedMinor };
  }
}

function toRow(raw: Record<string, unknown>): RefundRow {
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  return {
    refundId: raw['refund_id'] instanceof Uint8Array ? idOut(raw['refund_id']) : '',
    externalId: String(raw['external_id']),
    channel: String(raw['channel']),
    state: raw['state'] as RefundRow['state'],
    holdReason: text(raw['hold_reason']),
    orderId: raw['order_id'] instanceof Uint8Array ? idOutOrNull(raw['order_id']) : null,
    orderExternalId: text(raw['order_external_id']),
    occurredAt: new Date(int(raw['occurred_at'])).toISOString(),
    businessDate: String(raw['business_date']),
    period: String(raw['period']),
    currency: String(raw['currency']),
    requestedMinor: intOrNull(raw['requested_minor']),
    refundedMinor: int(raw['refunded_minor']),
    reason: text(raw['reason']),
  };
}
