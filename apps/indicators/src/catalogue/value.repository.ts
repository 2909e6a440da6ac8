import { Injectable } from '@nestjs/common';
import { idIn, int, type SqlFragment, type Tx } from '@concentric/service-kit';
import type { Sums } from './value.rules';

/** Which facts are asked for. Dates are half-open; `partnerId`: only what stood under that partner on the origin date. */
export interface FactFilter {
  readonly brandId: string;
  readonly currency: string;
  readonly from: string;
  readonly to: string;
  readonly granularity: 'total' | 'month' | 'day';
  readonly channel: string | undefined;
  readonly partnerId: string | undefined;
}

/** A daily table as a query sees it: the date that counts, whose facts they are, and what is added up under which name. */
interface Source {
  readonly table: 'sales_daily' | 'refund_daily' | 'commission_daily' | 'adjustment_daily';
  readonly date: 'business_date' | 'refund_date';
  readonly owner: 'store_id' | 'partner_id';
  readonly sums: Readonly<Record<string, string>>;
}

const SALES: Source = {
  table: 'sales_daily',
  date: 'business_date',
  owner: 'store_id',
  sums: { paidMinor: 'paid_minor' },
};
const COMMISSIONABLE: Source = {
  ...SALES,
  sums: { commissionableMinor: 'commissionable_minor', commissionableRefundedMinor: 'commissionable_refunded_minor' },
};
const REFUNDS: Source = {
  table: 'refund_daily',
  date: 'refund_date',
  owner: 'store_id',
  sums: { refundedMinor: 'refunded_minor' },
};
const COMMISSION: Source = {
  table: 'commission_daily',
  date: 'business_date',
  owner: 'partner_id',
  sums: {
    earnedMinor: 'earned_minor',
    reversedMinor: 'reversed_minor',
    maturedMinor: 'matured_minor',
    maturedReversedMinor: 'matured_reversed_minor',
  },
};

const ADJUSTMENTS: Source = {
  table: 'adjustment_daily',
  date: 'business_date',
  owner: 'partner_id',
  sums: { adjustedMinor: 'adjusted_minor' },
};

/** Adds up daily facts by the label of their interval: the empty text, `YYYY-MM` or `YYYY-MM-DD`. */
@Injectable()
export class ValueRepository {
  sales(tx: Tx, filter: FactFilter): Promise<Map<string, Sums>> {
    // Rows that only carry commissionable amounts are no sales of this store.
    return this.sum(tx, SALES, filter, '(t.orders > 0 OR t.paid_minor > 0)');
  }

  /** By the date of the refund (`ledger`) or of the order it belongs to (`order`). */
  refunds(tx: Tx, filter: FactFilter, mode: 'ledger' | 'order'): Promise<Map<string, Sums>> {
    return this.sum(tx, mode === 'ledger' ? REFUNDS : { ...REFUNDS, date: 'business_date' }, filter);
  }

  commissionable(tx: Tx, filter: FactFilter): Promise<Map<string, Sums>> {
    return this.sum(tx, COMMISSIONABLE, filter);
  }

  commission(tx: Tx, filter: FactFilter): Promise<Map<string, Sums>> {
    return this.sum(tx, COMMISSION, filter);
  }

  /** Corrections belong to no channel: of one channel there are none. */
  async adjustments(tx: Tx, filter: FactFilter): Promise<Map<string, Sums>> {
    return filter.channel === undefined ? this.sum(tx, ADJUSTMENTS, filter) : new Map();
  }

  /** Whether a partner stands under another one now, or is that one. */
  async isBelow(tx: Tx, brandId: string, partnerId: string, ancestorId: string): Promise<boolean> {
    const rows: unknown[] = await tx.query(
      'SELECT 1 AS found FROM network_path WHERE brand_id = ? AND partner_id = ? AND ancestor_id = ? AND valid_to IS NULL LIMIT 1',
      [idIn(brandId), idIn(partnerId), idIn(ancestorId)],
    );
    return rows.length > 0;
  }

  private async sum(tx: Tx, source: Source, filter: FactFilter, condition = '1 = 1'): Promise<Map<string, Sums>> {
    const label = { total: "''", month: `SUBSTR(t.${source.date}, 1, 7)`, day: `t.${source.date}` }[filter.granularity];
    const where: SqlFragment[] = [
      {
        sql: `t.brand_id = ? AND t.${source.date} >= ? AND t.${source.date} < ? AND t.currency = ?`,
        params: [idIn(filter.brandId), filter.from, filter.to, filter.currency],
      },
      { sql: condition, params: [] },
    ];
    if (filter.channel !== undefined) where.push({ sql: 't.channel = ?', params: [filter.channel] });
    if (filter.partnerId !== undefined) where.push(under(source.owner, filter.partnerId));
    const sums = Object.entries(source.sums).map(([name, column]) => `SUM(t.${column}) AS ${name}`);
    const rows: Record<string, unknown>[] = await tx.query(
      `SELECT ${label} AS label, COUNT(*) AS facts, ${sums.join(', ')} FROM ${source.table} t WHERE ${where.map(({ sql }) => sql).join(' AND ')} GROUP BY ${label}`,
      where.flatMap(({ params }) => params),
    );
    return new Map(
      rows.map((row) => [
        String(row['label']),
        {
          facts: int(row['facts']),
          parts: Object.fromEntries(Object.keys(source.sums).map((name) => [name, int(row[name])])),
        },
      ]),
    );
  }
}

/** Stood under that partner when the origin date ended: the tree of today says nothing about sales of back then. */
const under = (owner: Source['owner'], partnerId: string): SqlFragment => ({
  sql: `EXISTS (SELECT 1 FROM network_path p WHERE p.partner_id = t.${owner} AND p.ancestor_id = ? AND p.brand_id = t.brand_id
    AND p.valid_from < t.date_ends_at AND (p.valid_to IS NULL OR p.valid_to >= t.date_ends_at))`,
  params: [idIn(partnerId)],
});
