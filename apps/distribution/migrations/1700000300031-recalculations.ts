import { col, createTable } from '@concentric/service-kit';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What another plan version would have given for orders of the past: proposed by one person, decided on by another, booked as adjustments (inv 11, 40). */
export class Recalculations1700000300031 implements MigrationInterface {
  readonly name = 'Recalculations1700000300031';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'recalculation',
      columns: [
        col.id('recalculation_id'),
        col.id('brand_id'),
        col.id('plan_version_id'),
        col.date('from_date'),
        col.date('to_date'),
        col.text('reason', 500),
        col.key('state', 12),
        col.int('overlapping'),
        col.int('orders'),
        col.int('orders_done'),
        col.instant('done_until', { nullable: true }),
        col.key('done_external_id', 100, { nullable: true }),
        col.int('lines'),
        col.int('skipped_orders'),
        col.int('adjustments'),
        col.int('adjustments_booked'),
        col.id('proposed_by'),
        col.instant('proposed_at'),
        col.id('decided_by', { nullable: true }),
        col.instant('decided_at', { nullable: true }),
        col.text('decision_reason', 500, { nullable: true }),
      ],
      primary: ['recalculation_id'],
      indices: [{ name: 'ix_recalculation_brand', columns: ['brand_id', 'proposed_at', 'recalculation_id'] }],
      checks: [
        { name: 'ck_recalculation_four_eyes', expression: 'decided_by IS NULL OR decided_by <> proposed_by' },
        { name: 'ck_recalculation_decided', expression: "(state IN ('COMPUTING', 'PROPOSED')) = (decided_by IS NULL)" },
        { name: 'ck_recalculation_range', expression: 'from_date <= to_date' },
      ],
    });
    await createTable(runner, {
      name: 'recalculation_line',
      columns: [
        col.id('difference_id'),
        col.id('recalculation_id'),
        col.id('order_id'),
        col.int('line_no'),
        col.key('role', 32),
        col.id('partner_id'),
        col.currency('currency'),
        col.period('origin_period'),
        col.id('line_id', { nullable: true }),
        col.money('expected_minor'),
        col.money('booked_minor'),
        col.money('difference_minor'),
      ],
      primary: ['difference_id'],
      unique: [{ name: 'uq_recalculation_line', columns: ['order_id', 'line_no', 'role', 'partner_id', 'recalculation_id'] }],
      indices: [{ name: 'ix_recalculation_line_run', columns: ['recalculation_id', 'partner_id', 'difference_id'] }],
      checks: [{ name: 'ck_recalculation_line', expression: 'difference_minor = expected_minor - booked_minor AND difference_minor <> 0' }],
      appendOnly: true,
    });
    await createTable(runner, {
      name: 'recalculation_total',
      columns: [
        col.id('total_id'),
        col.id('recalculation_id'),
        col.id('partner_id'),
        col.currency('currency'),
        col.period('origin_period'),
        col.int('lines'),
        col.money('expected_minor'),
        col.money('booked_minor'),
        col.money('difference_minor'),
        col.id('adjustment_id', { nullable: true }),
      ],
      primary: ['total_id'],
      unique: [{ name: 'uq_recalculation_total', columns: ['recalculation_id', 'partner_id', 'currency', 'origin_period'] }],
      indices: [{ name: 'ix_recalculation_total_open', columns: ['recalculation_id', 'adjustment_id', 'total_id'] }],
      checks: [{ name: 'ck_recalculation_total', expression: 'difference_minor = expected_minor - booked_minor' }],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['recalculation_total', 'recalculation_line', 'recalculation']) await runner.dropTable(table);
  }
}
