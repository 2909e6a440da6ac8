import { col, createTable } from '@concentric/service-kit';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Partners that are not to be paid for the time being. */
export class PayoutBlocks1700000300008 implements MigrationInterface {
  readonly name = 'PayoutBlocks1700000300008';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'payout_block',
      columns: [col.id('partner_id'), col.id('brand_id'), col.text('reason', 500), col.id('blocked_by'), col.instant('blocked_at')],
      primary: ['partner_id'],
      indices: [{ name: 'ix_payout_block_brand', columns: ['brand_id', 'blocked_at'] }],
      deletable: true,
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('payout_block');
  }
}
