import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable } from '../database/create-table';
import { col } from '../database/migration-columns';

/** What a service sends, has received, and could not take. */
export class EventTables1700000000001 implements MigrationInterface {
  name = 'EventTables1700000000001';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'outbox',
      columns: [
        col.id('message_id'),
        col.bigint('position'),
        col.key('type', 120),
        col.int('events'),
        col.longText('body'),
        col.instant('created_at'),
        col.instant('relayed_at', { nullable: true }),
        col.int('attempts'),
        col.instant('next_attempt_at'),
        col.text('last_error', 500, { nullable: true }),
      ],
      primary: ['message_id'],
      indices: [
        { name: 'outbox_by_relayed', columns: ['relayed_at', 'position'] },
        { name: 'outbox_by_type', columns: ['type'] },
      ],
    });
    await createTable(runner, {
      name: 'inbox',
      columns: [
        col.key('consumer', 120),
        col.id('message_id'),
        col.key('state', 10),
        col.longText('remaining', { nullable: true }),
        col.int('attempts'),
        col.instant('handled_at'),
      ],
      primary: ['consumer', 'message_id'],
      checks: [{ name: 'inbox_state', expression: "state IN ('done', 'split')" }],
    });
    await createTable(runner, {
      name: 'dead_letter',
      columns: [
        col.id('dead_letter_id'),
        col.key('consumer', 120),
        col.id('message_id'),
        col.key('event_id', 64),
        col.key('type', 120),
        col.longText('body'),
        col.key('error_name', 100),
        col.longText('error_message'),
        col.longText('error_stack'),
        col.int('attempts'),
        col.key('state', 10),
        col.instant('dead_at'),
        col.instant('replayed_at', { nullable: true }),
      ],
      primary: ['dead_letter_id'],
      indices: [{ name: 'dead_letter_by_state', columns: ['state', 'dead_letter_id'] }],
      checks: [{ name: 'dead_letter_state', expression: "state IN ('dead', 'replayed')" }],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['dead_letter', 'inbox', 'outbox']) await runner.dropTable(table);
  }
}
