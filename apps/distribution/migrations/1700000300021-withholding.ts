import { col, createTable, generatedUniqueKey } from '@concentric/service-kit';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is withheld from whom, dated; one row per type of partner that a rule covers. */
export class Withholding1700000300021 implements MigrationInterface {
  readonly name = 'Withholding1700000300021';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'withholding_rule',
      columns: [
        col.id('rule_id'),
        col.key('partner_type', 16),
        col.id('brand_id'),
        col.currency('currency'),
        col.date('valid_from'),
        col.money('exempt_minor'),
        col.money('deduct_minor'),
        col.int('rate_ppm'),
        col.key('state', 8),
        col.text('reason', 500),
        col.id('proposed_by'),
        col.instant('proposed_at'),
        col.id('decided_by', { nullable: true }),
        col.instant('decided_at', { nullable: true }),
        col.text('decision_reason', 500, { nullable: true }),
      ],
      primary: ['rule_id', 'partner_type'],
      indices: [{ name: 'ix_withholding_rule_brand', columns: ['brand_id', 'valid_from'] }],
      checks: [
        { name: 'ck_withholding_rule_four_eyes', expression: 'decided_by IS NULL OR decided_by <> proposed_by' },
        { name: 'ck_withholding_rule_decided', expression: "(state = 'PROPOSED') = (decided_by IS NULL)" },
        {
          name: 'ck_withholding_rule_amounts',
          expression: 'exempt_minor >= 0 AND deduct_minor >= 0 AND rate_ppm >= 0 AND rate_ppm < 1000000',
        },
      ],
    });
    await generatedUniqueKey(runner, 'withholding_rule', {
      column: 'start_key',
      expression: "CASE WHEN state = 'APPROVED' THEN brand_id END",
      index: 'uq_withholding_rule_start',
      also: ['partner_type', 'currency', 'valid_from'],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('withholding_rule');
  }
}
