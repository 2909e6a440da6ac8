import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable } from '../../database/create-table';
import { col } from '../../database/migration-columns';

/** First answers of requests with an Idempotency-Key. */
export class IdempotencyTables1700000000101 implements MigrationInterface {
  name = 'IdempotencyTables1700000000101';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'idempotency',
      columns: [col.hash('scope_hash'), col.hash('input_hash'), col.longText('answer'), col.instant('created_at')],
      primary: ['scope_hash'],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('idempotency');
  }
}
