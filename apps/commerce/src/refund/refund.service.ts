import { Injectable } from '@nestjs/common';
import type { OrderDetail, refundAccepted, refundListQuery, RefundRow } from '@concentric/contracts';
import { sumMinor } from '@concentric/money';
import {
  Database,
  idIn,
  idOut,
  idOutOrNull,
  int,
  intOrNull,
  KeysetList,
  notFound,
  partnerScopeSql,
  selectIn,
  iso,
  type KeysetListOptions,
  type Operator,
  type Page,
  type SqlFragment,
  type Tx,
} from '@concentric/service-kit';
import type { z } from 'zod';
import { beginsWith } from '../order/prefix.rules';

const select =
  'SELECT refund_id, external_id, channel, state, hold_reason, order_id, order_external_id, occurred_at, business_date, period, currency, requested_minor, refunded_minor, reason FROM refund';
const list: KeysetListOptions<RefundRow> = {
  select,
  sorts: {
    occurredAt: { column: 'occurred_at', type: 'int', notNull: true },
    externalId: { column: 'external_id', type: 'text', notNull: true },
  },
  defaultSort: '-occurredAt',
  key: 'refund_id',
  row: toRow,
};
const wholeRefunds = new KeysetList<RefundRow>({
  ...list,
  sorts: { ...list.sorts, refundedMinor: { column: 'refunded_minor', type: 'int', notNull: true } },
});
/** Has no sort by amount, for the same reason as parts of orders. */
const partsOfRefunds = new KeysetList<RefundRow>(list);

interface Part {
  lineNo: number;
  amountMinor: number;
}

/** Refunds as they are read. An operator of a partner sees what was taken from the lines they may see, and nothing else. */
@Injectable()
export class RefundService {
  constructor(private readonly database: Database) {}

  list(operator: Operator, brandId: string, query: z.output<typeof refundListQuery>): Promise<Page<RefundRow>> {
    const isWhole = operator.scope.kind === 'all';
    const where: SqlFragment[] = [{ sql: 'brand_id = ?', params: [idIn(brandId)] }];
    if (!isWhole) {
      const scope = partnerScopeSql(operator, 'seen.store_id');
      where.push({
        sql: `(SELECT 1 FROM refund_line part JOIN order_line seen ON seen.order_id = refund.order_id AND seen.line_no = part.line_no WHERE part.refund_id = refund.refund_id AND ${scope.sql} LIMIT 1) = 1`,
        params: scope.params,
      });
    }
    if (query.channel) where.push({ sql: 'channel = ?', params: [query.channel] });
    if (query.state) where.push({ sql: 'state = ?', params: [query.state] });
    if (query.from) where.push({ sql: 'business_date >= ?', params: [query.from] });
    if (query.to) where.push({ sql: 'business_date <= ?', params: [query.to] });
    if (query.q) where.push(beginsWith('external_id', query.q));
    return this.database.read(async (tx) => {
      if (isWhole) return wholeRefunds.page(tx, { query, where });
      const page = await partsOfRefunds.page(tx, { query, where });
      const parts = await partsOf(tx, operator, page.data);
      return { ...page, data: page.data.map((refund) => inPart(refund, parts.get(refund.refundId) ?? [])) };
    });
  }

  /** Applied refunds of one order with their lines, as far as the operator may see them, in order of occurrence. */
  async ofOrder(tx: Tx, operator: Operator, orderId: string): Promise<OrderDetail['refunds']> {
    const rows: Record<string, unknown>[] = await tx.query(`${select} WHERE order_id = ? ORDER BY occurred_at, refund_id`, [idIn(orderId)]);
    const refunds = rows.map(toRow);
    const parts = await partsOf(tx, operator, refunds);
    return refunds.flatMap((refund) => {
      const lines = parts.get(refund.refundId);
      return lines ? [{ ...inPart(refund, lines), lines }] : [];
    });
  }

  /** What intake answers for one refund. */
  async accepted(tx: Tx, brandId: string, channel: string, externalId: string): Promise<z.output<typeof refundAccepted>> {
    const rows: Record<string, unknown>[] = await tx.query(`${select} WHERE brand_id = ? AND external_id = ? AND channel = ?`, [
      idIn(brandId),
      externalId,
      channel,
    ]);
    if (!rows[0]) throw notFound('refund');
    const { refundId, state, holdReason, orderId, refundedMinor } = toRow(rows[0]);
    return { refundId, state, holdReason, orderId, refundedMinor };
  }
}

/** What each refund took from the lines that the operator may see, by line. */
async function partsOf(tx: Tx, operator: Operator, refunds: readonly RefundRow[]): Promise<Map<string, Part[]>> {
  const scope = partnerScopeSql(operator, 'seen.store_id');
  const sql = `SELECT part.refund_id, part.line_no, part.amount_minor FROM refund_line part JOIN refund ON refund.refund_id = part.refund_id
    JOIN order_line seen ON seen.order_id = refund.order_id AND seen.line_no = part.line_no
    WHERE part.refund_id IN (?in) AND ${scope.sql} ORDER BY part.refund_id, part.line_no`;
  const rows = await selectIn<{ refund_id: Uint8Array; line_no: unknown; amount_minor: unknown }>(
    tx,
    sql,
    refunds.map((refund) => idIn(refund.refundId)),
    [],
    scope.params,
  );
  const parts = new Map<string, Part[]>();
  for (const row of rows) {
    const refundId = idOut(row.refund_id);
    const known = parts.get(refundId) ?? [];
    known.push({ lineNo: int(row.line_no), amountMinor: int(row.amount_minor) });
    parts.set(refundId, known);
  }
  return parts;
}

/** An applied refund as if it had taken these parts only; nothing less than what was asked for is ever applied. */
function inPart(refund: RefundRow, parts: readonly Part[]): RefundRow {
  const refundedMinor = sumMinor(parts.map((part) => part.amountMinor));
  return { ...refund, requestedMinor: refund.requestedMinor === null ? null : refundedMinor, refundedMinor };
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
    occurredAt: iso(raw['occurred_at']),
    businessDate: String(raw['business_date']),
    period: String(raw['period']),
    currency: String(raw['currency']),
    requestedMinor: intOrNull(raw['requested_minor']),
    refundedMinor: int(raw['refunded_minor']),
    reason: text(raw['reason']),
  };
}
