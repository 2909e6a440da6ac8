import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable } from '../database/create-table';
import { col } from '../database/migration-columns';

/** Work to be done once, and work to be done daily. */
export class JobTables1700000000002 implements MigrationInterface {
  name = 'JobTables1700000000002';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'job',
      columns: [
        col.id('job_id'),
        col.key('name', 100),
        col.key('job_key', 200),
        col.longText('payload'),
        col.key('state', 10),
        col.int('attempts'),
        col.bigint('fence'),
        col.instant('lease_until', { nullable: true }),
        col.instant('run_at'),
        col.longText('progress', { nullable: true }),
        col.longText('error', { nullable: true }),
        col.instant('created_at'),
        col.instant('finished_at', { nullable: true }),
      ],
      primary: ['job_id'],
      unique: [{ name: 'job_name_key', columns: ['name', 'job_key'] }],
      indices: [{ name: 'job_by_state', columns: ['state', 'run_at'] }],
      checks: [{ name: 'job_state', expression: "state IN ('ready', 'running', 'done', 'failed')" }],
    });
    await createTable(runner, {
      name: 'job_run',
      columns: [
        col.key('job', 100),
        col.id('brand_id'),
        col.date('last_date'),
        col.int('attempts'),
        col.bigint('fence'),
        col.instant('lease_until'),
        col.instant('next_attempt_at'),
        col.longText('error', { nullable: true }),
        col.instant('updated_at'),
      ],
      primary: ['job', 'brand_id'],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['job_run', 'job']) await runner.dropTable(table);
  }
}
