import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable } from '../database/create-table';
import { col } from '../database/migration-columns';

/** The append-only record of who did what. */
export class AuditTables1700000000102 implements MigrationInterface {
  name = 'AuditTables1700000000102';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'audit_log',
      columns: [
        col.id('id'),
        col.instant('at'),
        col.id('brand_id', { nullable: true }),
        col.key('actor_id', 100),
        col.key('action', 100),
        col.key('entity_type', 60),
        col.key('entity_id', 100),
        col.key('from_state', 60, { nullable: true }),
        col.key('to_state', 60, { nullable: true }),
        col.text('reason', 500, { nullable: true }),
        col.json('before_value', { nullable: true }),
        col.json('after_value', { nullable: true }),
        col.key('correlation_id', 64),
      ],
      primary: ['id'],
      indices: [
        { name: 'audit_log_by_entity', columns: ['entity_type', 'entity_id', 'at'] },
        { name: 'audit_log_by_actor', columns: ['actor_id', 'at'] },
      ],
      appendOnly: true,
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('audit_log');
  }
}
