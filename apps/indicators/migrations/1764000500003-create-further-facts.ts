import type { MigrationInterface, QueryRunner } from 'typeorm';
import { col, createTable } from '@concentric/service-kit';

export class CreateFurtherFacts1764000500003 implements MigrationInterface {
  name = 'CreateFurtherFacts1764000500003';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'expense_daily',
      columns: [
        col.id('brand_id'),
        col.date('business_date'),
        col.key('class', 32),
        col.key('purpose', 32),
        col.key('channel', 32),
        col.key('touchpoint', 64),
        col.currency('currency'),
        col.bigint('entries'),
        col.money('amount_minor'),
      ],
      primary: ['brand_id', 'business_date', 'class', 'purpose', 'channel', 'touchpoint', 'currency'],
    });
    await createTable(runner, {
      name: 'member_daily',
      columns: [col.id('brand_id'), col.date('business_date'), col.key('join_channel', 32), col.bigint('registered')],
      primary: ['brand_id', 'business_date', 'join_channel'],
    });
    await createTable(runner, {
      name: 'tier_daily',
      columns: [
        col.id('brand_id'),
        col.date('business_date'),
        col.key('from_tier', 2),
        col.key('to_tier', 2),
        col.key('reason', 16),
        col.bigint('changes'),
      ],
      primary: ['brand_id', 'business_date', 'from_tier', 'to_tier', 'reason'],
    });
    await createTable(runner, {
      name: 'touchpoint',
      columns: [
        col.id('brand_id'),
        col.key('code', 64),
        col.text('name', 200),
        col.key('domain', 16),
        col.int('priority'),
        col.int('revision'),
      ],
      primary: ['brand_id', 'code'],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['touchpoint', 'tier_daily', 'member_daily', 'expense_daily']) await runner.dropTable(table);
  }
}
