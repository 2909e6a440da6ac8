import { createIndex } from '@concentric/service-kit';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A review sorted by amount, and the totals of one, which are read from an index alone, whatever it is filtered by. */
export class ReviewIndexes1700000300043 implements MigrationInterface {
  readonly name = 'ReviewIndexes1700000300043';

  async up(runner: QueryRunner): Promise<void> {
    const amount = { name: 'ix_statement_amount', columns: ['brand_id', 'period_id', 'net_minor', 'statement_id'] };
    const totals = {
      name: 'ix_statement_totals',
      columns: [
        'brand_id',
        'period_id',
        'currency',
        'state',
        'outcome',
        'findings',
        'opening_minor',
        'earned_minor',
        'reversed_minor',
        'adjusted_minor',
        'written_off_minor',
        'net_minor',
        'tax_minor',
        'closing_minor',
        'partner_type',
        'partner_id',
      ],
    };
    for (const index of [amount, totals]) await createIndex(runner, 'statement', index, false);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of ['ix_statement_amount', 'ix_statement_totals']) await runner.dropIndex('statement', name);
  }
}
