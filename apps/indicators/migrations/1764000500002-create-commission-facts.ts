import type { MigrationInterface, QueryRunner } from 'typeorm';
import { col, createTable } from '@concentric/service-kit';

export class CreateCommissionFacts1764000500002 implements MigrationInterface {
  name = 'CreateCommissionFacts1764000500002';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'commission_daily',
      columns: [
        col.id('brand_id'),
        col.date('business_date'),
        col.key('channel', 32),
        col.key('role', 32),
        col.id('partner_id'),
        col.currency('currency'),
        col.instant('date_ends_at'),
        col.money('base_minor'),
        col.money('earned_minor'),
        col.money('reversed_minor'),
        col.money('matured_minor'),
        col.money('matured_reversed_minor'),
      ],
      primary: ['brand_id', 'business_date', 'channel', 'role', 'partner_id', 'currency'],
    });
    await createTable(runner, {
      name: 'adjustment_daily',
      columns: [
        col.id('brand_id'),
        col.date('business_date'),
        col.id('partner_id'),
        col.currency('currency'),
        col.instant('date_ends_at'),
        col.money('adjusted_minor'),
      ],
      primary: ['brand_id', 'business_date', 'partner_id', 'currency'],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('adjustment_daily');
    await runner.dropTable('commission_daily');
  }
}
