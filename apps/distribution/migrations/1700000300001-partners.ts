import { col, createTable, generatedUniqueKey } from '@concentric/service-kit';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Partners, and under whom each stood when. */
export class Partners1700000300001 implements MigrationInterface {
  readonly name = 'Partners1700000300001';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'distribution_setting',
      columns: [col.id('brand_id'), col.json('settings'), col.int('revision'), col.key('changed_by', 200), col.instant('changed_at')],
      primary: ['brand_id'],
    });
    await createTable(runner, {
      name: 'partner',
      columns: [
        col.id('partner_id'),
        col.id('brand_id'),
        col.key('code', 64),
        col.key('type', 16),
        col.text('name', 200),
        col.int('revision'),
      ],
      primary: ['partner_id'],
      unique: [{ name: 'uq_partner_code', columns: ['brand_id', 'code'] }],
      indices: [{ name: 'ix_partner_type', columns: ['brand_id', 'type', 'code'] }],
    });
    await createTable(runner, {
      name: 'channel_edge',
      columns: [
        col.id('child_id'),
        col.instant('valid_from'),
        col.id('brand_id'),
        col.id('parent_id', { nullable: true }),
        col.instant('valid_to', { nullable: true }),
      ],
      primary: ['child_id', 'valid_from'],
      indices: [
        { name: 'ix_channel_edge_parent', columns: ['parent_id'] },
        { name: 'ix_channel_edge_brand', columns: ['brand_id'] },
      ],
      checks: [{ name: 'ck_channel_edge_interval', expression: 'valid_to IS NULL OR valid_from < valid_to' }],
    });
    await generatedUniqueKey(runner, 'channel_edge', {
      column: 'active_key',
      expression: 'CASE WHEN valid_to IS NULL THEN child_id END',
      index: 'uq_channel_edge_active',
    });
    await createTable(runner, {
      name: 'partner_owner',
      columns: [col.id('operator_id'), col.id('partner_id'), col.id('brand_id')],
      primary: ['operator_id', 'partner_id'],
      indices: [{ name: 'ix_partner_owner_partner', columns: ['partner_id'] }],
      deletable: true,
    });
    await createTable(runner, { name: 'network_state', columns: [col.id('brand_id'), col.int('revision')], primary: ['brand_id'] });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['network_state', 'partner_owner', 'channel_edge', 'partner', 'distribution_setting'])
      await runner.dropTable(table);
  }
}
