import { col, createTable, generatedUniqueKey } from '@concentric/service-kit';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** To whom a customer belongs, when and why; at most one at a time (inv 10). */
export class Bindings1700000300003 implements MigrationInterface {
  readonly name = 'Bindings1700000300003';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'binding',
      columns: [
        col.id('binding_id'),
        col.id('brand_id'),
        col.id('customer_id'),
        col.id('partner_id'),
        col.instant('valid_from'),
        col.instant('valid_to', { nullable: true }),
        col.instant('made_at'),
        col.instant('last_purchase_at'),
        col.key('reason', 24),
        col.key('end_reason', 24, { nullable: true }),
        col.id('order_id', { nullable: true }),
        col.int('line_no', { nullable: true }),
        col.instant('decided_at'),
      ],
      primary: ['binding_id'],
      indices: [
        { name: 'ix_binding_customer', columns: ['customer_id', 'valid_from'] },
        { name: 'ix_binding_recent', columns: ['brand_id', 'valid_from'] },
        { name: 'ix_binding_partner', columns: ['brand_id', 'partner_id', 'reason', 'valid_from'] },
      ],
      checks: [{ name: 'ck_binding_interval', expression: 'valid_to IS NULL OR valid_from < valid_to' }],
    });
    await generatedUniqueKey(runner, 'binding', {
      column: 'active_key',
      expression: 'CASE WHEN valid_to IS NULL THEN customer_id END',
      index: 'uq_binding_active',
    });
    await createTable(runner, {
      name: 'customer_merge',
      columns: [col.id('retired_id'), col.id('brand_id'), col.id('customer_id'), col.instant('occurred_at'), col.id('order_id')],
      primary: ['retired_id'],
      indices: [{ name: 'ix_customer_merge_survivor', columns: ['customer_id'] }],
      appendOnly: true,
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('customer_merge');
    await runner.dropTable('binding');
  }
}
