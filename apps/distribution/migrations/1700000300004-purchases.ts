import { col, createTable } from '@concentric/service-kit';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Orders and refunds as they arrived, waiting to be decided in order of occurrence, and how far each brand is. */
export class Purchases1700000300004 implements MigrationInterface {
  readonly name = 'Purchases1700000300004';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'purchase',
      columns: [
        col.id('order_id'),
        col.id('brand_id'),
        col.key('external_id', 100),
        col.key('channel', 32),
        col.instant('occurred_at'),
        col.date('business_date'),
        col.id('customer_id', { nullable: true }),
        col.int('merges'),
        col.key('state', 8),
        col.key('held_reason', 20, { nullable: true }),
        col.text('held_detail', 200, { nullable: true }),
        col.id('binding_id', { nullable: true }),
        col.int('late'),
        col.id('budget_waived_by', { nullable: true }),
        col.text('accepted_detail', 200, { nullable: true }),
        col.instant('received_at'),
        col.json('body'),
        col.json('costs', { nullable: true }),
      ],
      primary: ['order_id'],
      indices: [
        { name: 'ix_purchase_queue', columns: ['brand_id', 'state', 'occurred_at', 'customer_id', 'external_id', 'merges'] },
        { name: 'ix_purchase_customer', columns: ['customer_id'] },
      ],
    });
    await createTable(runner, {
      name: 'refund',
      columns: [
        col.id('refund_id'),
        col.id('brand_id'),
        col.id('order_id'),
        col.instant('occurred_at'),
        col.date('business_date'),
        col.key('state', 8),
        col.key('held_reason', 20, { nullable: true }),
        col.instant('received_at'),
        col.instant('applied_at', { nullable: true }),
        col.id('void_proposed_by', { nullable: true }),
        col.id('void_decided_by', { nullable: true }),
        col.text('void_reason', 500, { nullable: true }),
        col.json('body'),
      ],
      primary: ['refund_id'],
      checks: [
        {
          name: 'ck_refund_void_four_eyes',
          expression:
            "void_decided_by IS NULL OR (void_proposed_by IS NOT NULL AND void_decided_by <> void_proposed_by AND state = 'VOID')",
        },
      ],
      indices: [
        { name: 'ix_refund_queue', columns: ['brand_id', 'state', 'occurred_at'] },
        { name: 'ix_refund_order', columns: ['order_id'] },
      ],
    });
    await createTable(runner, {
      name: 'product_cost',
      columns: [col.id('brand_id'), col.key('sku', 64), col.date('cost_from'), col.money('unit_cost_minor')],
      primary: ['brand_id', 'sku', 'cost_from'],
      appendOnly: true,
    });
    await createTable(runner, {
      name: 'intake_day',
      columns: [
        col.id('brand_id'),
        col.date('business_date'),
        col.key('channel', 32),
        col.int('orders_seen'),
        col.int('refunds_seen'),
        col.int('orders_sealed', { nullable: true }),
        col.int('refunds_sealed', { nullable: true }),
        col.int('revision'),
      ],
      primary: ['brand_id', 'business_date', 'channel'],
    });
    await createTable(runner, {
      name: 'brand_progress',
      columns: [
        col.id('brand_id'),
        col.date('sealed_through', { nullable: true }),
        col.date('settled_through', { nullable: true }),
        col.instant('decided_until'),
      ],
      primary: ['brand_id'],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['brand_progress', 'intake_day', 'product_cost', 'refund', 'purchase']) await runner.dropTable(table);
  }
}
