import { Injectable } from '@nestjs/common';
import type { expenseListQuery, ExpenseRow } from '@concentric/contracts';
import { Database, idIn, idOut, int, KeysetList, iso, type Page, type SqlFragment } from '@concentric/service-kit';
import type { z } from 'zod';

const expenses = new KeysetList<ExpenseRow>({
  select:
    'SELECT expense_id, external_id, occurred_at, business_date, period, class, purpose, channel, touchpoint, currency, amount_minor FROM expense',
  sorts: {
    occurredAt: { column: 'occurred_at', type: 'int', notNull: true },
    amountMinor: { column: 'amount_minor', type: 'int', notNull: true },
  },
  defaultSort: '-occurredAt',
  key: 'expense_id',
  row: (raw) => ({
    expenseId: raw['expense_id'] instanceof Uint8Array ? idOut(raw['expense_id']) : '',
    externalId: String(raw['external_id']),
    occurredAt: iso(raw['occurred_at']),
    businessDate: String(raw['business_date']),
    period: String(raw['period']),
    class: raw['class'] as ExpenseRow['class'],
    purpose: raw['purpose'] as ExpenseRow['purpose'],
    channel: typeof raw['channel'] === 'string' ? raw['channel'] : null,
    touchpoint: typeof raw['touchpoint'] === 'string' ? raw['touchpoint'] : null,
    currency: String(raw['currency']),
    amountMinor: int(raw['amount_minor']),
  }),
});

/** Expenses as they are read. */
@Injectable()
export class ExpenseService {
  constructor(private readonly database: Database) {}

  list(brandId: string, query: z.output<typeof expenseListQuery>): Promise<Page<ExpenseRow>> {
    const where: SqlFragment[] = [{ sql: 'brand_id = ?', params: [idIn(brandId)] }];
    if (query.class) where.push({ sql: 'class = ?', params: [query.class] });
    if (query.purpose) where.push({ sql: 'purpose = ?', params: [query.purpose] });
    if (query.from) where.push({ sql: 'business_date >= ?', params: [query.from] });
    if (query.to) where.push({ sql: 'business_date <= ?', params: [query.to] });
    return this.database.read((tx) => expenses.page(tx, { query, where }));
  }
}
