import { col, createTable, generatedUniqueKey } from '@concentric/service-kit';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the bank says: every line of every file, and what was made of it. */
export class BankLines1700000300023 implements MigrationInterface {
  readonly name = 'BankLines1700000300023';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'bank_file',
      columns: [
        col.id('file_id'),
        col.id('brand_id'),
        col.key('sha256', 64),
        col.int('lines'),
        col.int('lines_done'),
        col.int('matched_lines'),
        col.int('unmatched_lines'),
        col.int('duplicate_lines'),
        col.int('conflict_lines'),
        col.id('imported_by'),
        col.instant('imported_at'),
      ],
      primary: ['file_id'],
      unique: [{ name: 'uq_bank_file_hash', columns: ['brand_id', 'sha256'] }],
      indices: [{ name: 'ix_bank_file_brand', columns: ['brand_id', 'imported_at', 'file_id'] }],
      checks: [
        {
          name: 'ck_bank_file_lines',
          expression: 'lines_done = matched_lines + unmatched_lines + duplicate_lines + conflict_lines AND lines_done <= `lines`',
        },
      ],
    });
    await createTable(runner, {
      name: 'bank_line',
      columns: [
        col.id('line_id'),
        col.id('brand_id'),
        col.id('file_id'),
        col.int('line_no'),
        col.text('item_text', 64),
        col.id('item_id', { nullable: true }),
        col.key('status', 16),
        col.key('bank_ref', 64),
        col.money('amount_minor', { nullable: true }),
        col.text('amount_text', 64),
        col.text('booked_on', 10),
        col.text('reason', 500),
        col.key('match_kind', 12),
        col.text('why', 500),
        col.key('state', 8),
        col.id('imported_by'),
        col.id('decided_by', { nullable: true }),
        col.text('decision_reason', 500, { nullable: true }),
      ],
      primary: ['line_id'],
      unique: [{ name: 'uq_bank_line_no', columns: ['file_id', 'line_no'] }],
      indices: [
        { name: 'ix_bank_line_brand', columns: ['brand_id', 'line_id'] },
        { name: 'ix_bank_line_match', columns: ['brand_id', 'match_kind', 'line_id'] },
        { name: 'ix_bank_line_state', columns: ['brand_id', 'state', 'line_id'] },
        { name: 'ix_bank_line_item', columns: ['item_id', 'line_id'] },
        { name: 'ix_bank_line_ref', columns: ['brand_id', 'bank_ref'] },
      ],
      checks: [
        { name: 'ck_bank_line_four_eyes', expression: 'decided_by IS NULL OR decided_by <> imported_by' },
        {
          name: 'ck_bank_line_decided',
          expression: "decided_by IS NOT NULL OR (state NOT IN ('REFUSED', 'CLOSED') AND NOT (state = 'BOOKED' AND status = 'RETURNED'))",
        },
      ],
    });
    // A reference of the bank settles one item, once.
    await generatedUniqueKey(runner, 'bank_line', {
      column: 'settled_key',
      expression: "CASE WHEN state = 'BOOKED' AND status IN ('PAID', 'FAILED') THEN bank_ref END",
      index: 'uq_bank_line_settled',
      also: ['brand_id'],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('bank_line');
    await runner.dropTable('bank_file');
  }
}
