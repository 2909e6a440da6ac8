import { col, createTable, generatedUniqueKey } from '@concentric/service-kit';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where partners are paid: sealed, proposed by one person and approved by another, version after version (inv 39, 40). */
export class Payees1700000300020 implements MigrationInterface {
  readonly name = 'Payees1700000300020';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'payee',
      columns: [
        col.id('payee_id'),
        col.id('brand_id'),
        col.id('partner_id'),
        col.currency('currency'),
        col.int('version'),
        col.text('holder_sealed', 1000),
        col.text('account_sealed', 300),
        col.text('bank_sealed', 300),
        col.text('holder_masked', 20),
        col.text('account_masked', 20),
        col.text('bank_masked', 20),
        col.key('state', 8),
        col.text('reason', 500),
        col.id('proposed_by'),
        col.instant('proposed_at'),
        col.id('decided_by', { nullable: true }),
        col.instant('decided_at', { nullable: true }),
        col.text('decision_reason', 500, { nullable: true }),
      ],
      primary: ['payee_id'],
      unique: [{ name: 'uq_payee_version', columns: ['partner_id', 'currency', 'version'] }],
      indices: [
        { name: 'ix_payee_brand', columns: ['brand_id', 'proposed_at', 'payee_id'] },
        { name: 'ix_payee_state', columns: ['brand_id', 'state', 'proposed_at', 'payee_id'] },
      ],
      checks: [
        { name: 'ck_payee_four_eyes', expression: 'decided_by IS NULL OR decided_by <> proposed_by' },
        { name: 'ck_payee_decided', expression: "(state = 'PROPOSED') = (decided_by IS NULL)" },
      ],
    });
    await generatedUniqueKey(runner, 'payee', {
      column: 'approved_key',
      expression: "CASE WHEN state = 'APPROVED' THEN partner_id END",
      index: 'uq_payee_approved',
      also: ['currency'],
    });
    await generatedUniqueKey(runner, 'payee', {
      column: 'proposed_key',
      expression: "CASE WHEN state = 'PROPOSED' THEN partner_id END",
      index: 'uq_payee_proposed',
      also: ['currency'],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('payee');
  }
}
