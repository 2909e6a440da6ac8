import { col, createTable, generatedUniqueKey } from '@concentric/service-kit';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The double-entry books (inv 22-24) and the periods they are kept in (inv 28). */
export class Ledger1700000300006 implements MigrationInterface {
  readonly name = 'Ledger1700000300006';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'accounting_period',
      columns: [
        col.id('brand_id'),
        col.period('period_id'),
        col.key('state', 8),
        col.instant('starts_at'),
        col.instant('ends_at'),
        col.id('closing_started_by', { nullable: true }),
        col.instant('closed_at', { nullable: true }),
        col.id('closed_by', { nullable: true }),
        col.text('override_reason', 500, { nullable: true }),
        col.key('seal', 64, { nullable: true }),
      ],
      primary: ['brand_id', 'period_id'],
      checks: [
        {
          name: 'ck_accounting_period_four_eyes',
          expression: 'closing_started_by IS NULL OR closed_by IS NULL OR closing_started_by <> closed_by',
        },
      ],
    });
    await generatedUniqueKey(runner, 'accounting_period', {
      column: 'open_key',
      expression: "CASE WHEN state IN ('OPEN', 'CLOSING') THEN brand_id END",
      index: 'uq_accounting_period_open',
    });
    await createTable(runner, {
      name: 'ledger_account',
      columns: [col.id('account_id'), col.id('brand_id'), col.id('partner_id'), col.key('type', 12), col.currency('currency')],
      primary: ['account_id'],
      unique: [{ name: 'uq_ledger_account', columns: ['brand_id', 'partner_id', 'type', 'currency'] }],
      appendOnly: true,
    });
    await createTable(runner, {
      name: 'ledger_txn',
      columns: [
        col.id('txn_id'),
        col.id('brand_id'),
        col.id('idem'),
        col.key('kind', 12),
        col.period('period_id'),
        col.id('ref_id'),
        col.instant('effective_at'),
        col.id('reversal_of', { nullable: true }),
      ],
      primary: ['txn_id'],
      unique: [
        { name: 'uq_ledger_txn_idem', columns: ['idem'] },
        { name: 'uq_ledger_txn_reversal', columns: ['reversal_of'] },
      ],
      appendOnly: true,
    });
    await createTable(runner, {
      name: 'ledger_entry',
      columns: [
        col.id('txn_id'),
        col.int('seq'),
        col.id('account_id'),
        col.period('period_id'),
        col.period('origin_period'),
        col.key('kind', 12),
        col.currency('currency'),
        col.money('amount_minor'),
        col.id('line_id', { nullable: true }),
      ],
      primary: ['txn_id', 'seq'],
      indices: [{ name: 'ix_ledger_entry_account', columns: ['account_id', 'period_id', 'kind', 'amount_minor'] }],
      checks: [{ name: 'ck_ledger_entry_amount', expression: 'amount_minor <> 0' }],
      appendOnly: true,
    });
    await createTable(runner, {
      name: 'account_balance',
      columns: [col.id('account_id'), col.money('balance_minor'), col.int('entries')],
      primary: ['account_id'],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['account_balance', 'ledger_entry', 'ledger_txn', 'ledger_account', 'accounting_period'])
      await runner.dropTable(table);
  }
}
