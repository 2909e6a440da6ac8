import type { MigrationInterface, QueryRunner } from 'typeorm';
import { col, createTable } from '@concentric/service-kit';

export class CountIntake1764000200003 implements MigrationInterface {
  name = 'CountIntake1764000200003';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'intake_count',
      columns: [
        col.id('brand_id'),
        col.key('channel', 32),
        col.date('business_date'),
        col.int('orders'),
        col.int('refunds'),
        col.money('paid_minor'),
        col.money('refunded_minor'),
        col.int('seal_revision'),
        col.int('seal_orders'),
        col.int('seal_refunds'),
        col.money('seal_paid_minor'),
        col.money('seal_refunded_minor'),
        col.int('passed_revision'),
      ],
      primary: ['brand_id', 'channel', 'business_date'],
      indices: [{ name: 'intake_count_date', columns: ['business_date'] }],
      checks: [{ name: 'intake_count_passed', expression: 'passed_revision <= seal_revision' }],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('intake_count');
  }
}
