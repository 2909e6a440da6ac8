import { col, createTable } from '@concentric/service-kit';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The register of touchpoints. */
export class TouchpointTable1764000000000 implements MigrationInterface {
  name = 'TouchpointTable1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'touchpoint',
      columns: [
        col.id('id'),
        col.id('brand_id'),
        col.key('code', 64),
        col.key('name', 200),
        col.key('domain', 10),
        col.int('priority'),
        col.flag('retired'),
        col.instant('created_at'),
        col.instant('changed_at'),
        col.int('revision'),
      ],
      primary: ['id'],
      unique: [{ name: 'touchpoint_code', columns: ['brand_id', 'code'] }],
      indices: [{ name: 'touchpoint_by_priority', columns: ['brand_id', 'priority', 'id'] }],
      checks: [
        { name: 'touchpoint_domain_is_known', expression: "domain IN ('public', 'private', 'offline')" },
        { name: 'touchpoint_revision_is_positive', expression: 'revision >= 1' },
      ],
    });
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward');
  }
}
