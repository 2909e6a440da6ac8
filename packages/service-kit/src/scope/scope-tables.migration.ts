import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable } from '../database/create-table';
import { col } from '../database/migration-columns';

/** Who stands under whom and which customer is whose: for row filters and nothing else. */
export class ScopeTables1700000000004 implements MigrationInterface {
  name = 'ScopeTables1700000000004';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'network_partner',
      columns: [
        col.id('brand_id'),
        col.id('partner_id'),
        col.key('code', 64),
        col.key('type', 30),
        col.text('name', 200),
        col.bigint('revision'),
      ],
      primary: ['partner_id'],
      indices: [{ name: 'network_partner_by_code', columns: ['brand_id', 'code'] }],
    });
    await createTable(runner, {
      name: 'network_path',
      columns: [
        col.id('brand_id'),
        col.id('partner_id'),
        col.id('ancestor_id'),
        col.int('depth'),
        col.instant('valid_from'),
        col.instant('valid_to', { nullable: true }),
        col.bigint('revision'),
      ],
      primary: ['partner_id', 'ancestor_id', 'valid_from'],
      indices: [{ name: 'network_path_by_ancestor', columns: ['ancestor_id', 'valid_to', 'partner_id'] }],
      deletable: true,
    });
    await createTable(runner, {
      name: 'customer_binding',
      columns: [col.id('brand_id'), col.id('customer_id'), col.id('partner_id', { nullable: true }), col.bigint('revision')],
      primary: ['customer_id'],
      indices: [{ name: 'customer_binding_by_partner', columns: ['partner_id', 'customer_id'] }],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['customer_binding', 'network_path', 'network_partner']) await runner.dropTable(table);
  }
}
