import { Injectable } from '@nestjs/common';
import {
  Database,
  KeysetList,
  idIn,
  idOut,
  idOutOrNull,
  int,
  partnerScopeSql,
  iso,
  isoOrNull,
  type ListQuery,
  type Operator,
  type SqlFragment,
  type Tx,
} from '@concentric/service-kit';
import type {
  recalculationDetail,
  recalculationLineQuery,
  recalculationLineRow,
  recalculationQuery,
  recalculationRow,
  recalculationTotalRow,
} from '@concentric/contracts';
import type { z } from 'zod';
import { unknownRecalculation } from './recalculation.errors';

export type RecalculationRow = z.infer<typeof recalculationRow>;
type TotalRow = z.infer<typeof recalculationTotalRow>;
type LineRow = z.infer<typeof recalculationLineRow>;

const runs = new KeysetList<RecalculationRow>({
  select: 'SELECT r.*, v.code, v.version FROM recalculation r LEFT JOIN plan_version v ON v.plan_version_id = r.plan_version_id',
  sorts: { proposedAt: { column: 'r.proposed_at', type: 'int', notNull: true } },
  defaultSort: '-proposedAt',
  key: 'r.recalculation_id',
  row: toRun,
});
const totals = new KeysetList<TotalRow>({
  select: 'SELECT t.*, p.code, p.name FROM recalculation_total t LEFT JOIN partner p ON p.partner_id = t.partner_id',
  sorts: {
    partnerCode: { column: 'p.code', type: 'text', notNull: true },
    differenceMinor: { column: 't.difference_minor', type: 'int', notNull: true },
  },
  defaultSort: 'partnerCode',
  key: 't.total_id',
  row: toTotal,
});
const lines = new KeysetList<LineRow>({
  select:
    'SELECT l.*, o.external_id, p.code FROM recalculation_line l LEFT JOIN purchase o ON o.order_id = l.order_id LEFT JOIN partner p ON p.partner_id = l.partner_id',
  sorts: {
    id: { column: 'l.difference_id', type: 'id', notNull: true },
    differenceMinor: { column: 'l.difference_minor', type: 'int', notNull: true },
  },
  defaultSort: 'id',
  key: 'l.difference_id',
  row: toLine,
});

/** Reads recalculations: the runs, what each comes to by partner and period, and by order line. */
@Injectable()
export class RecalculationList {
  constructor(private readonly database: Database) {}

  /** A page of runs. */
  list(brandId: string, query: z.output<typeof recalculationQuery>) {
    const where: SqlFragment[] = [{ sql: 'r.brand_id = ?', params: [idIn(brandId)] }];
    if (query.state) where.push({ sql: 'r.state = ?', params: [query.state] });
    return this.database.read((tx) => runs.page(tx, { query: query as ListQuery, where }));
  }

  /** Raises `recalculation_not_found` (404). */
  async one(tx: Tx, brandId: string, id: string): Promise<RecalculationRow> {
    const { data } = await runs.page(tx, {
      query: { limit: 1 },
      where: [{ sql: 'r.brand_id = ? AND r.recalculation_id = ?', params: [idIn(brandId), idIn(id)] }],
    });
    if (!data[0]) throw unknownRecalculation(id);
    return data[0];
  }

  /** A run with what it comes to per currency. Raises `recalculation_not_found` (404). */
  detail(brandId: string, id: string): Promise<z.infer<typeof recalculationDetail>> {
    return this.database.read(async (tx) => {
      const run = await this.one(tx, brandId, id);
      const rows: Record<string, unknown>[] = await tx.query(
        'SELECT currency, SUM(expected_minor) AS expected, SUM(booked_minor) AS booked, SUM(difference_minor) AS difference FROM recalculation_total WHERE recalculation_id = ? GROUP BY currency ORDER BY currency',
        [idIn(id)],
      );
      return {
        ...run,
        totals: rows.map((row) => ({
          currency: row.currency as string,
          expectedMinor: int(row.expected),
          bookedMinor: int(row.booked),
          differenceMinor: int(row.difference),
        })),
      };
    });
  }

  /** What a run comes to by partner and origin period, as far as the operator may see them. Raises `recalculation_not_found` (404). */
  totals(brandId: string, id: string, query: ListQuery, operator: Operator) {
    return this.database.read(async (tx) => {
      await this.one(tx, brandId, id);
      return totals.page(tx, {
        query,
        where: [{ sql: 't.recalculation_id = ?', params: [idIn(id)] }, partnerScopeSql(operator, 't.partner_id')],
      });
    });
  }

  /** The order lines at which a run disagrees with the books, as far as the operator may see them. Raises `recalculation_not_found` (404). */
  lines(brandId: string, id: string, { partnerId, ...query }: z.output<typeof recalculationLineQuery>, operator: Operator) {
    return this.database.read(async (tx) => {
      await this.one(tx, brandId, id);
      const where: SqlFragment[] = [{ sql: 'l.recalculation_id = ?', params: [idIn(id)] }, partnerScopeSql(operator, 'l.partner_id')];
      if (partnerId) where.push({ sql: 'l.partner_id = ?', params: [idIn(partnerId)] });
      return lines.page(tx, { query: query as ListQuery, where });
    });
  }
}

function toRun(raw: Record<string, unknown>): RecalculationRow {
  return {
    id: idOut(raw.recalculation_id as Buffer),
    planVersionId: idOut(raw.plan_version_id as Buffer),
    planCode: raw.code as string,
    planVersion: int(raw.version),
    from: raw.from_date as string,
    to: raw.to_date as string,
    reason: raw.reason as string,
    state: raw.state as RecalculationRow['state'],
    orders: int(raw.orders),
    ordersDone: int(raw.orders_done),
    lines: int(raw.lines),
    skippedOrders: int(raw.skipped_orders),
    adjustments: int(raw.adjustments),
    adjustmentsBooked: int(raw.adjustments_booked),
    proposedBy: idOut(raw.proposed_by as Buffer),
    proposedAt: iso(raw.proposed_at),
    decidedBy: idOutOrNull(raw.decided_by as Buffer | null),
    decidedAt: isoOrNull(raw.decided_at),
    decisionReason: raw.decision_reason as string | null,
  };
}

const figures = (raw: Record<string, unknown>) => ({
  expectedMinor: int(raw.expected_minor),
  bookedMinor: int(raw.booked_minor),
  differenceMinor: int(raw.difference_minor),
});

function toTotal(raw: Record<string, unknown>): TotalRow {
  return {
    id: idOut(raw.total_id as Buffer),
    partnerId: idOut(raw.partner_id as Buffer),
    partnerCode: raw.code as string,
    partnerName: raw.name as string,
    currency: raw.currency as string,
    originPeriod: raw.origin_period as string,
    lines: int(raw.lines),
    ...figures(raw),
    adjustmentId: idOutOrNull(raw.adjustment_id as Buffer | null),
  };
}

function toLine(raw: Record<string, unknown>): LineRow {
  return {
    id: idOut(raw.difference_id as Buffer),
    orderId: idOut(raw.order_id as Buffer),
    orderExternalId: raw.external_id as string,
    lineNo: int(raw.line_no),
    role: raw.role as string,
    partnerId: idOut(raw.partner_id as Buffer),
    partnerCode: raw.code as string,
    currency: raw.currency as string,
    originPeriod: raw.origin_period as string,
    lineId: idOutOrNull(raw.line_id as Buffer | null),
    ...figures(raw),
  };
}
