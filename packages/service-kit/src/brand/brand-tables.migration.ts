import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable } from '../database/create-table';
import { col } from '../database/migration-columns';

/** The brands, as this service has heard of them. */
export class BrandTables1700000000003 implements MigrationInterface {
  name = 'BrandTables1700000000003';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'brand_copy',
      columns: [
        col.id('brand_id'),
        col.key('code', 64),
        col.text('name', 200),
        col.key('zone', 64),
        col.currency('currency'),
        col.json('channels'),
        col.date('known_on'),
      ],
      primary: ['brand_id'],
      unique: [{ name: 'brand_copy_code', columns: ['code'] }],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('brand_copy');
  }
}
