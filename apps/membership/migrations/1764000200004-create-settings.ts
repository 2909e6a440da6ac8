import type { MigrationInterface, QueryRunner } from 'typeorm';
import { col, createTable } from '@concentric/service-kit';

export class CreateSettings1764000200004 implements MigrationInterface {
  name = 'CreateSettings1764000200004';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'membership_setting',
      columns: [col.id('brand_id'), col.flag('register_on_purchase'), col.json('thresholds'), col.instant('changed_at')],
      primary: ['brand_id'],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('membership_setting');
  }
}
