import type { MigrationInterface, QueryRunner } from 'typeorm';
import { col, createTable } from '@concentric/service-kit';

export class CreatePersons1764000200001 implements MigrationInterface {
  name = 'CreatePersons1764000200001';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'customer',
      columns: [
        col.id('customer_id'),
        col.id('brand_id'),
        col.instant('known_from'),
        col.instant('member_since', { nullable: true }),
        col.key('join_channel', 32, { nullable: true }),
        col.key('tier', 2, { nullable: true }),
        col.int('tier_seq'),
        col.instant('tier_since', { nullable: true }),
        col.date('review_on', { nullable: true }),
        col.id('merged_into', { nullable: true }),
      ],
      primary: ['customer_id'],
      indices: [
        { name: 'customer_joined', columns: ['brand_id', 'member_since'] },
        { name: 'customer_tier', columns: ['brand_id', 'tier', 'review_on'] },
      ],
      checks: [{ name: 'customer_tier_of_member', expression: '(tier IS NULL) = (tier_since IS NULL)' }],
    });
    await createTable(runner, {
      name: 'member_status',
      columns: [
        col.id('customer_id'),
        col.int('seq'),
        col.id('brand_id'),
        col.key('status', 16),
        col.instant('valid_from'),
        col.instant('valid_to', { nullable: true }),
        col.key('reason', 16),
        col.key('end_reason', 16, { nullable: true }),
      ],
      primary: ['customer_id', 'seq'],
      checks: [{ name: 'member_status_interval', expression: 'valid_to IS NULL OR valid_to >= valid_from' }],
    });
    await createTable(runner, {
      name: 'customer_merge',
      columns: [
        col.id('from_customer_id'),
        col.id('merge_id'),
        col.id('brand_id'),
        col.id('into_customer_id'),
        col.instant('occurred_at'),
        col.id('order_id', { nullable: true }),
      ],
      primary: ['from_customer_id'],
      indices: [{ name: 'customer_merge_into', columns: ['into_customer_id'] }],
      checks: [{ name: 'customer_merge_two', expression: 'from_customer_id <> into_customer_id' }],
      appendOnly: true,
    });
    await createTable(runner, {
      name: 'identity',
      columns: [
        col.id('brand_id'),
        col.hash('blind_index'),
        col.key('type', 24),
        col.id('customer_id'),
        col.text('sealed', 1000),
        col.instant('first_seen_at'),
      ],
      primary: ['brand_id', 'blind_index', 'type'],
      indices: [{ name: 'identity_customer', columns: ['customer_id'] }],
    });
    await createTable(runner, {
      name: 'tier_history',
      columns: [
        col.id('customer_id'),
        col.int('seq'),
        col.id('brand_id'),
        col.key('tier', 2),
        col.instant('valid_from'),
        col.instant('valid_to', { nullable: true }),
        col.key('reason', 16),
        col.money('growth_value'),
      ],
      primary: ['customer_id', 'seq'],
      checks: [{ name: 'tier_history_interval', expression: 'valid_to IS NULL OR valid_to >= valid_from' }],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['tier_history', 'identity', 'customer_merge', 'member_status', 'customer']) await runner.dropTable(table);
  }
}
