import { col, createTable } from '@concentric/service-kit';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Brands, products, orders, refunds, expenses and seals. */
export class CommerceTables1763769600001 implements MigrationInterface {
  name = 'CommerceTables1763769600001';

  async up(runner: QueryRunner): Promise<void> {
    await createBrands(runner);
    await createProducts(runner);
    await createOrders(runner);
    await createRefunds(runner);
    await createTable(runner, {
      name: 'expense',
      columns: [
        col.id('expense_id'),
        col.id('brand_id'),
        col.key('external_id', 100),
        col.hash('content_hash'),
        col.instant('occurred_at'),
        col.date('business_date'),
        col.period('period'),
        col.key('class', 32),
        col.key('purpose', 32),
        col.key('channel', 32, { nullable: true }),
        col.key('touchpoint', 64, { nullable: true }),
        col.currency('currency'),
        col.money('amount_minor'),
        col.instant('created_at'),
      ],
      primary: ['expense_id'],
      unique: [{ name: 'expense_external', columns: ['brand_id', 'external_id'] }],
      indices: [{ name: 'expense_by_time', columns: ['brand_id', 'occurred_at'] }],
      appendOnly: true,
    });
    await createTable(runner, {
      name: 'intake_seal',
      columns: [
        col.id('brand_id'),
        col.key('channel', 32),
        col.date('business_date'),
        col.int('revision'),
        col.bigint('orders'),
        col.bigint('refunds'),
        col.money('paid_minor'),
        col.money('refunded_minor'),
        col.instant('sealed_at'),
      ],
      primary: ['brand_id', 'channel', 'business_date'],
      indices: [{ name: 'intake_seal_by_date', columns: ['brand_id', 'business_date'] }],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    const tables = [
      'intake_seal',
      'expense',
      'refund_line',
      'refund',
      'order_buyer_index',
      'order_line',
      'order_header',
      'product_cost',
      'product',
      'channel',
      'brand',
    ];
    for (const table of tables) await runner.query(`DROP TABLE ${table}`);
  }
}

async function createBrands(runner: QueryRunner): Promise<void> {
  await createTable(runner, {
    name: 'brand',
    columns: [
      col.id('brand_id'),
      col.key('code', 32),
      col.text('name', 100),
      col.key('zone', 64),
      col.currency('currency'),
      col.instant('created_at'),
      col.instant('updated_at'),
    ],
    primary: ['brand_id'],
    unique: [{ name: 'brand_code', columns: ['code'] }],
  });
  await createTable(runner, {
    name: 'channel',
    columns: [col.id('brand_id'), col.key('code', 32), col.key('domain', 16), col.text('name', 60), col.int('place')],
    primary: ['brand_id', 'code'],
    deletable: true,
  });
}

async function createProducts(runner: QueryRunner): Promise<void> {
  await createTable(runner, {
    name: 'product',
    columns: [
      col.id('brand_id'),
      col.key('sku', 64),
      col.text('name', 200),
      col.key('category', 64, { nullable: true }),
      col.instant('updated_at'),
    ],
    primary: ['brand_id', 'sku'],
  });
  await createTable(runner, {
    name: 'product_cost',
    columns: [col.id('brand_id'), col.key('sku', 64), col.date('cost_from'), col.money('unit_cost_minor')],
    primary: ['brand_id', 'sku', 'cost_from'],
    checks: [{ name: 'product_cost_not_negative', expression: 'unit_cost_minor >= 0' }],
    appendOnly: true,
  });
}

async function createOrders(runner: QueryRunner): Promise<void> {
  await createTable(runner, {
    name: 'order_header',
    columns: [
      col.id('order_id'),
      col.id('brand_id'),
      col.key('channel', 32),
      col.key('external_id', 100),
      col.key('status', 16),
      col.hash('frozen_hash'),
      col.instant('placed_at'),
      col.instant('paid_at', { nullable: true }),
      col.instant('cancelled_at', { nullable: true }),
      col.date('business_date'),
      col.period('period'),
      col.currency('currency'),
      col.json('buyer', { nullable: true }),
      col.key('store_code', 64, { nullable: true }),
      col.key('guide_code', 64, { nullable: true }),
      col.key('leader_code', 64, { nullable: true }),
      col.key('touchpoint', 64, { nullable: true }),
      col.money('fulfilment_minor', { nullable: true }),
      col.money('net_minor'),
      col.money('refunded_minor'),
      col.instant('created_at'),
      col.instant('updated_at'),
    ],
    primary: ['order_id'],
    unique: [{ name: 'order_external', columns: ['brand_id', 'external_id', 'channel'] }],
    indices: [
      // Covers the counts of a seal.
      { name: 'order_by_day', columns: ['brand_id', 'channel', 'business_date', 'paid_at', 'net_minor'] },
      { name: 'order_by_time', columns: ['brand_id', 'placed_at'] },
    ],
    checks: [{ name: 'order_refunded_within', expression: 'refunded_minor >= 0 AND refunded_minor <= net_minor' }],
  });
  await createTable(runner, {
    name: 'order_line',
    columns: [
      col.id('order_id'),
      col.int('line_no'),
      col.id('brand_id'),
      col.key('sku', 64),
      col.key('category', 64, { nullable: true }),
      col.int('quantity'),
      col.money('net_minor'),
      col.money('cost_minor', { nullable: true }),
      col.money('refunded_minor'),
      col.key('store_code', 64, { nullable: true }),
      col.id('store_id', { nullable: true }),
      col.key('guide_code', 64, { nullable: true }),
    ],
    primary: ['order_id', 'line_no'],
    // Covers which orders an operator of a partner may see.
    indices: [{ name: 'order_line_by_store', columns: ['store_id', 'brand_id', 'order_id'] }],
    checks: [{ name: 'order_line_refunded_within', expression: 'refunded_minor >= 0 AND refunded_minor <= net_minor' }],
  });
  await createTable(runner, {
    name: 'order_buyer_index',
    columns: [col.id('brand_id'), col.hash('buyer_index'), col.id('order_id')],
    primary: ['brand_id', 'buyer_index', 'order_id'],
  });
}

async function createRefunds(runner: QueryRunner): Promise<void> {
  await createTable(runner, {
    name: 'refund',
    columns: [
      col.id('refund_id'),
      col.id('brand_id'),
      col.key('channel', 32),
      col.key('external_id', 110),
      col.hash('content_hash'),
      col.key('state', 16),
      col.key('hold_reason', 64, { nullable: true }),
      col.id('order_id', { nullable: true }),
      col.key('order_external_id', 100, { nullable: true }),
      col.hash('match_index', { nullable: true }),
      col.key('match_sku', 64, { nullable: true }),
      col.instant('occurred_at'),
      col.date('business_date'),
      col.period('period'),
      col.currency('currency'),
      col.longText('asked_lines', { nullable: true }),
      col.money('requested_minor', { nullable: true }),
      col.money('refunded_minor'),
      col.text('reason', 200, { nullable: true }),
      col.instant('created_at'),
      col.instant('updated_at'),
    ],
    primary: ['refund_id'],
    unique: [{ name: 'refund_external', columns: ['brand_id', 'external_id', 'channel'] }],
    indices: [
      // Covers the counts of a seal.
      { name: 'refund_by_day', columns: ['brand_id', 'channel', 'business_date', 'state', 'refunded_minor'] },
      { name: 'refund_by_missing_order', columns: ['brand_id', 'state', 'order_external_id'] },
      { name: 'refund_by_buyer', columns: ['brand_id', 'state', 'match_index'] },
      { name: 'refund_by_order', columns: ['order_id'] },
      { name: 'refund_by_time', columns: ['brand_id', 'occurred_at'] },
    ],
    checks: [
      { name: 'refund_not_negative', expression: 'refunded_minor >= 0' },
      { name: 'refund_applied_to_order', expression: "state <> 'applied' OR (order_id IS NOT NULL AND refunded_minor > 0)" },
    ],
  });
  await createTable(runner, {
    name: 'refund_line',
    columns: [col.id('refund_id'), col.int('line_no'), col.id('brand_id'), col.money('amount_minor')],
    primary: ['refund_id', 'line_no'],
    checks: [{ name: 'refund_line_positive', expression: 'amount_minor > 0' }],
    appendOnly: true,
  });
}
