import type { MigrationInterface, QueryRunner } from 'typeorm';
import { col, createTable } from '@concentric/service-kit';

export class CreateSalesFacts1764000500001 implements MigrationInterface {
  name = 'CreateSalesFacts1764000500001';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'order_ref',
      columns: [
        col.id('order_id'),
        col.id('brand_id'),
        col.date('business_date'),
        col.key('channel', 32),
        col.currency('currency'),
        col.id('store_id'),
      ],
      primary: ['order_id'],
    });
    await createTable(runner, {
      name: 'order_line_ref',
      columns: [col.id('order_id'), col.int('line_no'), col.id('store_id')],
      primary: ['order_id', 'line_no'],
    });
    await createTable(runner, {
      name: 'refund_line',
      columns: [col.id('order_id'), col.id('refund_id'), col.int('line_no'), col.date('refund_date'), col.money('amount_minor')],
      primary: ['order_id', 'refund_id', 'line_no'],
    });
    await createTable(runner, {
      name: 'sales_daily',
      columns: [
        col.id('brand_id'),
        col.date('business_date'),
        col.key('channel', 32),
        col.id('store_id'),
        col.currency('currency'),
        col.instant('date_ends_at'),
        col.bigint('orders'),
        col.money('paid_minor'),
        col.money('commissionable_minor'),
        col.money('commissionable_refunded_minor'),
      ],
      primary: ['brand_id', 'business_date', 'channel', 'store_id', 'currency'],
    });
    await createTable(runner, {
      name: 'refund_daily',
      columns: [
        col.id('brand_id'),
        col.date('business_date'),
        col.date('refund_date'),
        col.key('channel', 32),
        col.id('store_id'),
        col.currency('currency'),
        col.instant('date_ends_at'),
        col.money('refunded_minor'),
      ],
      primary: ['brand_id', 'business_date', 'refund_date', 'channel', 'store_id', 'currency'],
      indices: [{ name: 'refund_daily_refunded_on', columns: ['brand_id', 'refund_date'] }],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['refund_daily', 'sales_daily', 'refund_line', 'order_line_ref', 'order_ref']) await runner.dropTable(table);
  }
}
