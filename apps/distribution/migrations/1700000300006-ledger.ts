import { col, createTable, generatedUniqueKey, refuseRows } from '@concentric/service-kit';
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
        col.longText('excused', { nullable: true }),
        col.key('seal', 64, { nullable: true }),
      ],
      primary: ['brand_id', 'period_id'],
      checks: [
        {
          name: 'ck_accounting_period_four_eyes',
          expression:
            "closed_by IS NULL OR (closing_started_by IS NOT NULL AND closing_started_by <> closed_by AND state IN ('CLOSED', 'SEALED'))",
        },
        {
          name: 'ck_accounting_period_state',
          expression:
            "(state <> 'OPEN' OR closing_started_by IS NULL) AND (state <> 'CLOSING' OR closing_started_by IS NOT NULL) AND (state IN ('OPEN', 'CLOSING')) = (closed_at IS NULL) AND (state = 'SEALED') = (seal IS NOT NULL)",
        },
      ],
    });
    await generatedUniqueKey(runner, 'accounting_period', {
      column: 'open_key',
      expression: "CASE WHEN state IN ('OPEN', 'CLOSING') THEN brand_id END",
      index: 'uq_accounting_period_open',
    });
    // There is no reopening: a closed period can only be sealed, a sealed one is final (inv 28).
    await refuseRows(runner, 'accounting_period', {
      name: 'tr_accounting_period_closed',
      on: 'update',
      when: "OLD.state = 'SEALED' OR (OLD.state = 'CLOSED' AND (NEW.state <> 'SEALED' OR NEW.closed_at <> OLD.closed_at OR COALESCE(NEW.closed_by, '') <> COALESCE(OLD.closed_by, '') OR NEW.ends_at <> OLD.ends_at))",
      message: 'a closed period is not opened again',
    });
    await createTable(runner, {
      name: 'ledger_account',
      columns: [col.id('account_id'), col.id('brand_id'), col.id('partner_id'), col.key('type', 12), col.currency('currency')],
      primary: ['account_id'],
      unique: [
        { name: 'uq_ledger_account', columns: ['brand_id', 'partner_id', 'type', 'currency'] },
        { name: 'uq_ledger_account_currency', columns: ['account_id', 'currency'] },
      ],
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
        col.currency('currency'),
      ],
      primary: ['txn_id'],
      unique: [
        { name: 'uq_ledger_txn_idem', columns: ['idem'] },
        { name: 'uq_ledger_txn_entries', columns: ['txn_id', 'period_id', 'currency'] },
      ],
      appendOnly: true,
    });
    // Nothing is added to a closed period, whoever writes (inv 28). Clocks could not tell: those of replicas differ.
    await refuseRows(runner, 'ledger_txn', {
      name: 'tr_ledger_txn_open',
      on: 'insert',
      when: `EXISTS (SELECT p.period_id FROM accounting_period p
         WHERE p.brand_id = NEW.brand_id AND p.period_id = NEW.period_id AND p.state IN ('CLOSED', 'SEALED'))`,
      message: 'the period is closed',
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
      // The keys begin with what an entry has in common with its transaction and with its account: the foreign keys need no index.
      primary: ['txn_id', 'period_id', 'currency', 'seq'],
      indices: [{ name: 'ix_ledger_entry_account', columns: ['account_id', 'currency', 'period_id', 'kind', 'amount_minor'] }],
      checks: [{ name: 'ck_ledger_entry_amount', expression: 'amount_minor <> 0' }],
      foreign: [
        {
          name: 'fk_ledger_entry_txn',
          columns: ['txn_id', 'period_id', 'currency'],
          table: 'ledger_txn',
          references: ['txn_id', 'period_id', 'currency'],
        },
        {
          name: 'fk_ledger_entry_account',
          columns: ['account_id', 'currency'],
          table: 'ledger_account',
          references: ['account_id', 'currency'],
        },
      ],
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
