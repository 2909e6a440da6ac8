import { col, createTable } from '@concentric/service-kit';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What accounts came to where the last check of the books ended; the next one adds up what follows (inv 24). */
export class CarriedBalances1700000300044 implements MigrationInterface {
  readonly name = 'CarriedBalances1700000300044';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'carried_balance',
      columns: [col.id('account_id'), col.money('balance_minor'), col.int('entries')],
      primary: ['account_id'],
    });
    // Nothing is carried yet: the next check looks at everything.
    await runner.query('UPDATE control_run SET through_txn = NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('carried_balance');
  }
}
