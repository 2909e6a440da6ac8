import { col, createTable } from '@concentric/service-kit';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** File imports: how far each has come, and every row that was refused. */
export class ImportTables1763769600002 implements MigrationInterface {
  name = 'ImportTables1763769600002';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'import_run',
      columns: [
        col.id('import_id'),
        col.id('brand_id'),
        col.key('kind', 16),
        col.key('format', 16),
        col.flag('gzip'),
        col.key('channel', 32, { nullable: true }),
        col.text('name', 200, { nullable: true }),
        col.key('state', 16),
        col.bigint('rows_read'),
        col.bigint('records_read'),
        col.bigint('accepted'),
        col.bigint('unchanged'),
        col.bigint('rejected'),
        col.bigint('faults'),
        col.bigint('bytes_read'),
        col.bigint('bytes_total'),
        col.key('created_by', 100),
        col.instant('created_at'),
        col.instant('started_at', { nullable: true }),
        col.instant('finished_at', { nullable: true }),
        col.text('error', 1000, { nullable: true }),
      ],
      primary: ['import_id'],
      indices: [{ name: 'import_run_by_time', columns: ['brand_id', 'created_at'] }],
    });
    await createTable(runner, {
      name: 'import_reject',
      columns: [
        col.id('import_id'),
        col.bigint('seq'),
        col.id('brand_id'),
        col.bigint('line_no'),
        col.text('record', 100),
        col.text('field', 300),
        col.key('code', 64),
        col.text('reason', 500),
        col.text('remedy', 500),
      ],
      primary: ['import_id', 'seq'],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE import_reject');
    await runner.query('DROP TABLE import_run');
  }
}
