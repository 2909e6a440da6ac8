import { Injectable } from '@nestjs/common';
import {
  Database,
  KeysetList,
  idIn,
  idOut,
  int,
  intOrNull,
  partnerScopeSql,
  iso,
  type ListQuery,
  type Operator,
  type SqlFragment,
} from '@concentric/service-kit';
import type { commissionByPartnerMonth, commissionLineQuery, commissionLineRow, commissionSummary } from '@concentric/contracts';
import type { z } from 'zod';
import { seesWholeBrand } from '../statement/published.rules';

export type CommissionLineRow = z.infer<typeof commissionLineRow>;

/**
 * Names are joined from the left although they are always there: a line is then always where the database begins, so that
 * pages come in the order of an index instead of from a sort of everything.
 */
export const LINE_SELECT = `SELECT c.line_id, c.order_id, p.external_id, c.line_no, c.role, c.kind, c.partner_id, pa.code, pa.name, c.base_minor, c.rate_ppm, c.amount_minor, c.currency, c.channel,
         c.origin_date, c.origin_period, c.occurred_at, s.state, s.reversed_minor, s.mature_at, h.reason AS hold_reason
    FROM commission_line c LEFT JOIN purchase p ON p.order_id = c.order_id LEFT JOIN partner pa ON pa.partner_id = c.partner_id LEFT JOIN commission_state s ON s.line_id = COALESCE(c.reverses_id, c.line_id)
         LEFT JOIN line_hold h ON h.line_id = COALESCE(c.reverses_id, c.line_id)`;

const lines = new KeysetList<CommissionLineRow>({
  select: LINE_SELECT,
  sorts: {
    id: { column: 'c.line_id', type: 'id', notNull: true },
    occurredAt: { column: 'c.occurred_at', type: 'int', notNull: true },
    amountMinor: { column: 'c.amount_minor', type: 'int', notNull: true },
  },
  defaultSort: '-id',
  key: 'c.line_id',
  row: toLineRow,
});

/** Reads frozen lines as an operator may see them. */
@Injectable()
export class CommissionLineRepository {
  constructor(private readonly database: Database) {}

  /** A page of lines, as far as the operator may see their partners. */
  list(brandId: string, query: z.output<typeof commissionLineQuery>, operator: Operator) {
    const isHeld = query.held !== undefined && seesWholeBrand(operator);
    const where = [isHeld ? onHold(brandId) : ofBrand(brandId), partnerScopeSql(operator, 'c.partner_id')];
    if (query.partnerId) where.push({ sql: 'c.partner_id = ?', params: [idIn(query.partnerId)] });
    if (query.orderId) where.push({ sql: 'c.order_id = ?', params: [idIn(query.orderId)] });
    if (query.customerId) where.push(boughtBy(brandId, query.customerId, operator));
    if (query.role) where.push({ sql: 'c.role = ?', params: [query.role] });
    if (query.state) where.push({ sql: 's.state = ?', params: [query.state] });
    if (query.period) where.push({ sql: 'c.origin_period = ?', params: [query.period] });
    return this.database.read(async (tx) => {
      const page = await lines.page(tx, { query: query as ListQuery, where });
      return seesWholeBrand(operator) ? page : { ...page, data: page.data.map(withoutHoldReason) };
    });
  }

  /** Totals per role and currency. */
  async summary(brandId: string, operator: Operator): Promise<z.infer<typeof commissionSummary>['data']> {
    const scope = partnerScopeSql(operator, 'c.partner_id');
    const rows: Record<string, unknown>[] = await this.database.read((tx) =>
      tx.query(
        `SELECT c.role, c.currency, COUNT(*) AS n, SUM(c.base_minor) AS base, SUM(s.earned_minor) AS earned, SUM(s.reversed_minor) AS reversed
           FROM commission_line c JOIN commission_state s ON s.line_id = c.line_id WHERE c.brand_id = ? AND c.kind = 'EARN' AND ${scope.sql} GROUP BY c.role, c.currency ORDER BY c.role, c.currency`,
        [idIn(brandId), ...scope.params],
      ),
    );
    return rows.map((row) => ({
      role: row.role as string,
      currency: row.currency as string,
      lines: int(row.n),
      baseMinor: int(row.base),
      earnedMinor: int(row.earned),
      reversedMinor: int(row.reversed),
    }));
  }

  /** Earned and taken back per role, partner and origin month, in the order of their names. */
  async byPartnerMonth(brandId: string, operator: Operator): Promise<z.infer<typeof commissionByPartnerMonth>[]> {
    const scope = partnerScopeSql(operator, 'c.partner_id');
    const rows: Record<string, unknown>[] = await this.database.read((tx) =>
      tx.query(
        `SELECT c.role, p.code, c.origin_period, c.currency, SUM(c.base_minor) AS base, SUM(s.earned_minor) AS earned, SUM(s.reversed_minor) AS reversed
           FROM commission_line c JOIN commission_state s ON s.line_id = c.line_id LEFT JOIN partner p ON p.partner_id = c.partner_id
          WHERE c.brand_id = ? AND c.kind = 'EARN' AND ${scope.sql} GROUP BY c.role, p.code, c.origin_period, c.currency`,
        [idIn(brandId), ...scope.params],
      ),
    );
    const result = rows.map((row) => ({
      role: row.role as string,
      partner: row.code as string,
      month: row.origin_period as string,
      currency: row.currency as string,
      baseMinor: int(row.base),
      earnedMinor: int(row.earned),
      reversedMinor: int(row.reversed),
    }));
    const key = (row: (typeof result)[number]) => [row.role, row.partner, row.month, row.currency].join('\u0000');
    return result.sort((a, b) => (key(a) < key(b) ? -1 : 1));
  }
}

/**
 * What a person bought. A partner may ask about those who are bound to it or below it now: with others it would learn which of
 * its lines, that name nobody, are theirs.
 */
function boughtBy(brandId: string, customerId: string, operator: Operator): SqlFragment {
  const bought = { sql: 'p.customer_id = ?', params: [idIn(customerId)] };
  if (seesWholeBrand(operator)) return bought;
  const scope = partnerScopeSql(operator, 'b.partner_id');
  return {
    sql: `${bought.sql} AND EXISTS (SELECT 1 FROM binding b WHERE b.active_key = ? AND b.brand_id = ? AND ${scope.sql})`,
    params: [...bought.params, idIn(customerId), idIn(brandId), ...scope.params],
  };
}

const ofBrand = (brandId: string): SqlFragment => ({ sql: 'c.brand_id = ?', params: [idIn(brandId)] });

/**
 * A brand's lines that would mature but for somebody who keeps them back; of what was taken back in full nothing is left to
 * decide on. The plus keeps SQLite from an index that begins with the brand: it would walk along all of its lines, for the order.
 */
function onHold(brandId: string): SqlFragment {
  return {
    sql: "c.line_id IN (SELECT held.line_id FROM line_hold held WHERE held.brand_id = ?) AND +c.brand_id = ? AND s.state = 'ACCRUED'",
    params: [idIn(brandId), idIn(brandId)],
  };
}

/** Why a line is held is written by finance, for finance. */
export const withoutHoldReason = (line: CommissionLineRow): CommissionLineRow => ({ ...line, holdReason: null });

/** A raw row of `LINE_SELECT` as the API gives it. */
export function toLineRow(raw: Record<string, unknown>): CommissionLineRow {
  const matureAt = intOrNull(raw.mature_at);
  const state = (raw.state as CommissionLineRow['state'] | null) ?? 'REVERSED';
  return {
    id: idOut(raw.line_id as Buffer),
    orderId: idOut(raw.order_id as Buffer),
    orderExternalId: raw.external_id as string,
    lineNo: int(raw.line_no),
    role: raw.role as string,
    kind: raw.kind as CommissionLineRow['kind'],
    partnerId: idOut(raw.partner_id as Buffer),
    partnerCode: raw.code as string,
    partnerName: raw.name as string,
    baseMinor: int(raw.base_minor),
    ratePpm: intOrNull(raw.rate_ppm),
    amountMinor: int(raw.amount_minor),
    reversedMinor: raw.kind === 'EARN' ? int(raw.reversed_minor ?? 0) : 0,
    currency: raw.currency as string,
    state,
    channel: raw.channel as string,
    originDate: raw.origin_date as string,
    originPeriod: raw.origin_period as string,
    occurredAt: iso(raw.occurred_at),
    matureAt: matureAt === null || state === 'REVERSED' ? null : iso(matureAt),
    holdReason: (raw.hold_reason as string | null) ?? null,
  };
}
