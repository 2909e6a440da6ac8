import type { MigrationInterface, QueryRunner } from 'typeorm';
import { col, createTable } from '@concentric/service-kit';

export class CreatePurchases1764000200002 implements MigrationInterface {
  name = 'CreatePurchases1764000200002';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'purchase',
      columns: [
        col.id('order_id'),
        col.id('brand_id'),
        col.id('customer_id', { nullable: true }),
        col.text('external_id', 100),
        col.key('channel', 32),
        col.instant('occurred_at'),
        col.date('business_date'),
        col.currency('currency'),
        col.money('net_minor'),
        col.money('refunded_minor'),
        col.flag('member'),
        col.key('tier', 2, { nullable: true }),
      ],
      primary: ['order_id'],
      indices: [{ name: 'purchase_customer', columns: ['customer_id', 'occurred_at'] }],
      checks: [{ name: 'purchase_refund_bounds', expression: 'refunded_minor >= 0 AND refunded_minor <= net_minor' }],
    });
    await createTable(runner, {
      name: 'purchase_refund',
      columns: [col.id('order_id'), col.id('refund_id'), col.id('brand_id'), col.instant('occurred_at'), col.money('amount_minor')],
      primary: ['order_id', 'refund_id'],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('purchase_refund');
    await runner.dropTable('purchase');
  }
}
