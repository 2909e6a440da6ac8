import { col, createTable } from '@concentric/service-kit';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Documents that correct what is owed to a partner: proposed by one person, booked by another (inv 11, 32, 40). */
export class Adjustments1700000300010 implements MigrationInterface {
  readonly name = 'Adjustments1700000300010';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'adjustment',
      columns: [
        col.id('adjustment_id'),
        col.id('brand_id'),
        col.id('partner_id'),
        col.currency('currency'),
        col.key('kind', 12),
        col.money('amount_minor'),
        col.period('origin_period', { nullable: true }),
        col.id('line_id', { nullable: true }),
        col.id('statement_id', { nullable: true }),
        col.key('source', 16),
        col.id('source_id'),
        col.text('reason', 500),
        col.key('state', 8),
        col.id('proposed_by'),
        col.instant('proposed_at'),
        col.id('decided_by', { nullable: true }),
        col.instant('decided_at', { nullable: true }),
        col.text('decision_reason', 500, { nullable: true }),
        col.id('txn_id', { nullable: true }),
        col.period('period_id', { nullable: true }),
      ],
      primary: ['adjustment_id'],
      unique: [{ name: 'uq_adjustment_source', columns: ['source_id'] }],
      indices: [
        { name: 'ix_adjustment_brand', columns: ['brand_id', 'state', 'proposed_at'] },
        { name: 'ix_adjustment_partner', columns: ['partner_id', 'period_id'] },
        { name: 'ix_adjustment_line', columns: ['line_id'] },
      ],
      checks: [
        { name: 'ck_adjustment_four_eyes', expression: 'decided_by IS NULL OR decided_by <> proposed_by' },
        { name: 'ck_adjustment_amount', expression: 'amount_minor <> 0' },
        {
          name: 'ck_adjustment_booked',
          expression: "(state = 'BOOKED') = (txn_id IS NOT NULL) AND (state = 'PROPOSED') = (decided_by IS NULL)",
        },
      ],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('adjustment');
  }
}
