import { addColumn, col } from '@concentric/service-kit';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Why a refund is held; of those held before, only that they are is known, and trying them again tells. */
export class HeldRefunds1700000300041 implements MigrationInterface {
  readonly name = 'HeldRefunds1700000300041';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query("UPDATE refund SET state = 'PENDING' WHERE state = 'HELD'");
    await addColumn(runner, 'refund', col.key('held_reason', 20, { nullable: true }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('refund', 'held_reason');
  }
}
