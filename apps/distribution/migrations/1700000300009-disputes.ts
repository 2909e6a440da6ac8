import { col, createTable } from '@concentric/service-kit';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What partners do not agree with on their statements, and how that was settled (inv 34, 40). */
export class Disputes1700000300009 implements MigrationInterface {
  readonly name = 'Disputes1700000300009';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'dispute',
      columns: [
        col.id('dispute_id'),
        col.id('brand_id'),
        col.id('statement_id'),
        col.id('partner_id'),
        col.key('state', 8),
        col.json('items'),
        col.text('reason', 500),
        col.id('opened_by'),
        col.instant('opened_at'),
        col.key('resolution', 8, { nullable: true }),
        col.money('amount_minor', { nullable: true }),
        col.id('proposed_by', { nullable: true }),
        col.text('proposal_reason', 500, { nullable: true }),
        col.id('decided_by', { nullable: true }),
        col.text('decision_reason', 500, { nullable: true }),
        col.instant('decided_at', { nullable: true }),
        col.id('adjustment_id', { nullable: true }),
      ],
      primary: ['dispute_id'],
      unique: [{ name: 'uq_dispute_statement', columns: ['statement_id'] }],
      indices: [
        { name: 'ix_dispute_brand', columns: ['brand_id', 'state', 'opened_at'] },
        { name: 'ix_dispute_partner', columns: ['partner_id'] },
      ],
      checks: [
        { name: 'ck_dispute_four_eyes', expression: 'decided_by IS NULL OR decided_by <> proposed_by' },
        {
          name: 'ck_dispute_resolved',
          expression: "(state = 'OPEN') = (proposed_by IS NULL) AND (state = 'RESOLVED') = (decided_by IS NOT NULL)",
        },
      ],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('dispute');
  }
}
