import { col, createTable } from '@concentric/service-kit';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is to be done with orders that are held, where it takes two people. */
export class HeldProposals1700000300011 implements MigrationInterface {
  readonly name = 'HeldProposals1700000300011';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'held_proposal',
      columns: [
        col.id('order_id'),
        col.id('brand_id'),
        col.key('action', 8),
        col.text('detail', 200),
        col.text('reason', 500),
        col.key('state', 8),
        col.id('proposed_by'),
        col.instant('proposed_at'),
        col.id('decided_by', { nullable: true }),
        col.instant('decided_at', { nullable: true }),
        col.text('decision_reason', 500, { nullable: true }),
      ],
      primary: ['order_id'],
      checks: [
        { name: 'ck_held_proposal_four_eyes', expression: 'decided_by IS NULL OR decided_by <> proposed_by' },
        { name: 'ck_held_proposal_decided', expression: "(state = 'PROPOSED') = (decided_by IS NULL)" },
      ],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('held_proposal');
  }
}
