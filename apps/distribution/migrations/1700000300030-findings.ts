import { col, createTable } from '@concentric/service-kit';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What reviewers are shown before they approve, and who partners are in person. */
export class Findings1700000300030 implements MigrationInterface {
  readonly name = 'Findings1700000300030';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'finding',
      columns: [
        col.id('finding_id'),
        col.id('brand_id'),
        col.id('statement_id'),
        col.id('partner_id'),
        col.period('period_id'),
        col.currency('currency'),
        col.key('code', 24),
        col.json('figures'),
        col.key('state', 8),
        col.instant('found_at'),
        col.id('accepted_by', { nullable: true }),
        col.instant('accepted_at', { nullable: true }),
        col.text('accepted_reason', 500, { nullable: true }),
      ],
      primary: ['finding_id'],
      indices: [
        { name: 'ix_finding_statement', columns: ['statement_id', 'state'] },
        { name: 'ix_finding_brand', columns: ['brand_id', 'found_at', 'finding_id'] },
        { name: 'ix_finding_state', columns: ['brand_id', 'state', 'found_at', 'finding_id'] },
      ],
      checks: [{ name: 'ck_finding_accepted', expression: "(state = 'ACCEPTED') = (accepted_by IS NOT NULL)" }],
    });
    await createTable(runner, {
      name: 'partner_person',
      columns: [col.id('partner_id'), col.id('brand_id'), col.id('customer_id')],
      primary: ['partner_id'],
      deletable: true,
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('partner_person');
    await runner.dropTable('finding');
  }
}
