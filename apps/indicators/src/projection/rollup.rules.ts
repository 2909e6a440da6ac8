/** A table of additive facts: what a row is about, what follows from that, and what is added up. */
export interface DailyTable {
  readonly name: string;
  readonly key: readonly string[];
  /** Functions of the key, kept so that queries need not compute them. */
  readonly derived: readonly string[];
  readonly sums: readonly string[];
}

/** Stands for no store where a key needs one. */
export const NO_STORE = '00000000-0000-0000-0000-000000000000';

const OF_ORDER_DATE = { derived: ['date_ends_at'] } as const;

export const SALES_DAILY: DailyTable = {
  name: 'sales_daily',
  key: ['brand_id', 'business_date', 'channel', 'store_id', 'currency'],
  ...OF_ORDER_DATE,
  sums: ['orders', 'paid_minor', 'commissionable_minor', 'commissionable_refunded_minor'],
};
export const REFUND_DAILY: DailyTable = {
  name: 'refund_daily',
  key: ['brand_id', 'business_date', 'refund_date', 'channel', 'store_id', 'currency'],
  ...OF_ORDER_DATE,
  sums: ['refunded_minor'],
};
export const COMMISSION_DAILY: DailyTable = {
  name: 'commission_daily',
  key: ['brand_id', 'business_date', 'channel', 'role', 'partner_id', 'currency'],
  ...OF_ORDER_DATE,
  sums: ['base_minor', 'earned_minor', 'reversed_minor', 'matured_minor', 'matured_reversed_minor'],
};
export const ADJUSTMENT_DAILY: DailyTable = {
  name: 'adjustment_daily',
  key: ['brand_id', 'business_date', 'partner_id', 'currency'],
  ...OF_ORDER_DATE,
  sums: ['adjusted_minor'],
};
export const EXPENSE_DAILY: DailyTable = {
  name: 'expense_daily',
  key: ['brand_id', 'business_date', 'class', 'purpose', 'channel', 'touchpoint', 'currency'],
  derived: [],
  sums: ['entries', 'amount_minor'],
};
export const MEMBER_DAILY: DailyTable = {
  name: 'member_daily',
  key: ['brand_id', 'business_date', 'join_channel'],
  derived: [],
  sums: ['registered'],
};
export const TIER_DAILY: DailyTable = {
  name: 'tier_daily',
  key: ['brand_id', 'business_date', 'from_tier', 'to_tier', 'reason'],
  derived: [],
  sums: ['changes'],
};

/** The last date of a period, such as 2026-02-28 of 2026-02. */
export function lastDateOf(period: string): string {
  const [year, month] = period.split('-').map(Number);
  return `${period}-${new Date(Date.UTC(year!, month!, 0)).getUTCDate()}`;
}

interface RollupRow {
  readonly key: readonly string[];
  readonly derived: readonly number[];
  readonly sums: number[];
}

/** Adds up the facts of one batch, so that each row of a daily table is written once per batch. */
export class Rollup {
  private readonly byKey = new Map<string, RollupRow>();

  constructor(readonly table: DailyTable) {}

  /** @param key values in the order of `table.key`; `amounts` by the name of a sum. @throws RangeError beyond safe integers */
  add(key: readonly string[], derived: readonly number[], amounts: Readonly<Record<string, number>>): void {
    const text = key.join('\u0000');
    let row = this.byKey.get(text);
    if (!row) this.byKey.set(text, (row = { key, derived, sums: this.table.sums.map(() => 0) }));
    for (const [i, name] of this.table.sums.entries()) {
      const sum = (row.sums[i] ?? 0) + (amounts[name] ?? 0);
      if (!Number.isSafeInteger(sum)) throw new RangeError(`${this.table.name}.${name} of ${key.join(' ')} is beyond a safe integer`);
      row.sums[i] = sum;
    }
  }

  /** Rows in one order for all writers, so that two of them cannot wait for each other. */
  rows(): RollupRow[] {
    return [...this.byKey.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  }
}
