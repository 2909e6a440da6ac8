import { col, createTable, generatedUniqueKey } from '@concentric/service-kit';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How the books checked themselves last, and accounts to which nothing is posted until somebody has looked (inv 24). */
export class Controls1700000300040 implements MigrationInterface {
  readonly name = 'Controls1700000300040';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'control_run',
      columns: [
        col.id('brand_id'),
        col.key('occasion', 8),
        col.instant('checked_at'),
        col.int('mismatches'),
        col.json('findings'),
        col.id('through_txn', { nullable: true }),
        col.period('through_period', { nullable: true }),
      ],
      primary: ['brand_id'],
    });
    // What accounts came to where the last check ended; the next one adds up what follows (inv 24).
    await createTable(runner, {
      name: 'carried_balance',
      columns: [col.id('account_id'), col.money('balance_minor'), col.int('entries')],
      primary: ['account_id'],
    });
    await createTable(runner, {
      name: 'account_halt',
      columns: [
        col.id('halt_id'),
        col.id('brand_id'),
        col.id('account_id'),
        col.money('balance_minor'),
        col.money('entries_minor'),
        col.instant('halted_at'),
        col.id('released_by', { nullable: true }),
        col.instant('released_at', { nullable: true }),
        col.text('reason', 500, { nullable: true }),
      ],
      primary: ['halt_id'],
      indices: [{ name: 'ix_account_halt_brand', columns: ['brand_id', 'released_at'] }],
      checks: [
        {
          name: 'ck_account_halt_released',
          expression: '(released_by IS NULL) = (released_at IS NULL) AND (released_by IS NULL) = (reason IS NULL)',
        },
      ],
    });
    await generatedUniqueKey(runner, 'account_halt', {
      column: 'live_key',
      expression: 'CASE WHEN released_at IS NULL THEN account_id END',
      index: 'uq_account_halt_live',
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['account_halt', 'carried_balance', 'control_run']) await runner.dropTable(table);
  }
}
