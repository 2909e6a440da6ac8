import { col, createTable, refuseRows } from '@concentric/service-kit';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Commission plans: what was agreed never changes, and somebody else has put it in force (inv 11, 40). */
export class Plans1700000300002 implements MigrationInterface {
  readonly name = 'Plans1700000300002';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'plan_version',
      columns: [
        col.id('plan_version_id'),
        col.id('brand_id'),
        col.key('code', 32),
        col.int('version'),
        col.text('name', 100),
        col.instant('valid_from'),
        col.int('budget_ppm'),
        col.json('rules'),
        col.key('content_hash', 64),
        col.id('author_id'),
        col.instant('created_at'),
      ],
      primary: ['plan_version_id'],
      unique: [{ name: 'uq_plan_version', columns: ['brand_id', 'code', 'version'] }],
      appendOnly: true,
    });
    await createTable(runner, {
      name: 'plan_activation',
      columns: [
        col.id('plan_version_id'),
        col.id('brand_id'),
        col.instant('valid_from'),
        col.id('author_id'),
        col.id('approver_id'),
        col.instant('activated_at'),
      ],
      primary: ['plan_version_id'],
      unique: [{ name: 'uq_plan_activation_start', columns: ['brand_id', 'valid_from'] }],
      checks: [{ name: 'ck_plan_activation_four_eyes', expression: 'author_id <> approver_id' }],
      appendOnly: true,
    });
    await refuseRows(runner, 'plan_activation', {
      name: 'tr_plan_activation_author',
      on: 'insert',
      when: 'NOT EXISTS (SELECT v.author_id FROM plan_version v WHERE v.plan_version_id = NEW.plan_version_id AND v.author_id = NEW.author_id)',
      message: 'the author is that of the version',
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('plan_activation');
    await runner.dropTable('plan_version');
  }
}
