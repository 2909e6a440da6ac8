import { Injectable } from '@nestjs/common';
import { expenseInput, expenseRecorded } from '@concentric/contracts';
import { Clock, idIn, insertRows, newId, Outbox, selectIn, iso, type Tx } from '@concentric/service-kit';
import type { BrandRules } from '../brand/brand.rules';
import { fault, type IntakeRow, type Tally } from '../intake/intake.rules';
import { draftExpense, type ExpenseDraft, type ValidExpense } from './expense.rules';

const columns = [
  'expense_id',
  'brand_id',
  'external_id',
  'content_hash',
  'occurred_at',
  'business_date',
  'period',
  'class',
  'purpose',
  'channel',
  'touchpoint',
  'currency',
  'amount_minor',
  'created_at',
];

/** Takes expenses in. They are never edited: a correction is another expense with the opposite sign. */
@Injectable()
export class ExpenseIntakeService {
  readonly schema = expenseInput;
  readonly nameField = 'externalId';
  readonly lock = 'share';

  constructor(
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Refuses rows with channel_unknown, currency_mismatch, no_such_moment and expense_changed. */
  async store(tx: Tx, brand: BrandRules, rows: readonly IntakeRow<ValidExpense>[], tally: Tally): Promise<void> {
    const known = await this.hashes(
      tx,
      brand.brandId,
      rows.map((row) => row.value.externalId),
    );
    const taken: (ExpenseDraft & { expenseId: string })[] = [];
    for (const { index, value } of rows) {
      const draft = draftExpense(value, brand);
      if (Array.isArray(draft)) {
        tally.reject(index, value.externalId, draft);
        continue;
      }
      const before = known.get(draft.externalId);
      if (before === undefined) {
        known.set(draft.externalId, draft.contentHash);
        taken.push({ ...draft, expenseId: newId(this.clock) });
        tally.accept();
      } else if (before.equals(draft.contentHash)) tally.leave();
      else tally.reject(index, value.externalId, [expenseChanged()]);
    }
    await this.write(tx, brand, taken);
  }

  private async hashes(tx: Tx, brandId: string, externalIds: readonly string[]): Promise<Map<string, Buffer>> {
    const rows = await selectIn<{ external_id: string; content_hash: Uint8Array }>(
      tx,
      'SELECT external_id, content_hash FROM expense WHERE brand_id = ? AND external_id IN (?in)',
      [...new Set(externalIds)].sort(),
      [idIn(brandId)],
    );
    return new Map(rows.map((row) => [row.external_id, Buffer.from(row.content_hash)]));
  }

  private async write(tx: Tx, brand: BrandRules, expenses: readonly (ExpenseDraft & { expenseId: string })[]): Promise<void> {
    const now = this.clock.now();
    const rows = expenses.map((one) => [
      idIn(one.expenseId),
      idIn(brand.brandId),
      one.externalId,
      one.contentHash,
      one.occurredAt,
      one.businessDate,
      one.period,
      one.class,
      one.purpose,
      one.channel,
      one.touchpoint,
      brand.currency,
      one.amountMinor,
      now,
    ]);
    await insertRows(tx, 'expense', columns, rows);
    await this.outbox.add(
      tx,
      expenseRecorded,
      expenses.map(({ expenseId, class: kind, purpose, channel, touchpoint, occurredAt, businessDate, period, amountMinor }) => ({
        brandId: brand.brandId,
        expenseId,
        class: kind,
        purpose,
        channel,
        touchpoint,
        occurredAt: iso(occurredAt),
        businessDate,
        period,
        currency: brand.currency,
        amountMinor,
      })),
    );
  }
}

function expenseChanged() {
  return fault(
    'externalId',
    'expense_changed',
    'an expense with this number and other content was recorded before',
    'Record the correction as another expense with the opposite sign, under its own number.',
  );
}
