import { col, createTable } from '@concentric/service-kit';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Frozen commission lines (insert-only) and, beside them, the narrow rows that move (inv 14, 18, 23), and the few that are kept from it. */
export class CommissionLines1700000300005 implements MigrationInterface {
  readonly name = 'CommissionLines1700000300005';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'commission_line',
      columns: [
        col.id('line_id'),
        col.id('brand_id'),
        col.id('order_id'),
        col.int('line_no'),
        col.key('role', 32),
        col.key('kind', 8),
        col.int('doc_seq'),
        col.id('partner_id'),
        col.id('plan_version_id'),
        col.int('rule_no'),
        col.id('binding_id', { nullable: true }),
        col.money('base_minor'),
        col.int('rate_ppm', { nullable: true }),
        col.money('fixed_minor', { nullable: true }),
        col.money('cap_minor', { nullable: true }),
        col.money('amount_minor'),
        col.currency('currency'),
        col.key('channel', 32),
        col.instant('occurred_at'),
        col.date('origin_date'),
        col.period('origin_period'),
        col.period('period_id'),
        col.key('against', 8),
        col.id('reverses_id', { nullable: true }),
        col.id('refund_id', { nullable: true }),
        col.id('txn_id', { nullable: true }),
        col.json('chain'),
        col.hash('line_hash'),
      ],
      primary: ['line_id'],
      unique: [{ name: 'uq_commission_line', columns: ['order_id', 'line_no', 'role', 'kind', 'doc_seq'] }],
      indices: [
        { name: 'ix_commission_line_partner', columns: ['partner_id', 'origin_period'] },
        { name: 'ix_commission_line_brand', columns: ['brand_id', 'line_id'] },
        { name: 'ix_commission_line_occurred', columns: ['brand_id', 'occurred_at', 'line_id'] },
        { name: 'ix_commission_line_period', columns: ['brand_id', 'origin_period', 'line_id'] },
      ],
      checks: [
        { name: 'ck_commission_line_sign', expression: "(kind = 'EARN' AND amount_minor >= 0) OR (kind = 'REVERSE' AND amount_minor < 0)" },
      ],
      appendOnly: true,
    });
    await createTable(runner, {
      name: 'commission_state',
      columns: [
        col.id('line_id'),
        col.id('brand_id'),
        col.id('partner_id'),
        col.key('state', 8),
        col.instant('mature_at'),
        col.money('earned_minor'),
        col.money('reversed_minor'),
        col.money('net_minor'),
        col.money('refunded_minor'),
        col.money('matured_minor'),
        col.period('matured_period', { nullable: true }),
        col.id('maturity_id', { nullable: true }),
        col.key('role', 32),
        col.key('channel', 32),
        col.date('origin_date'),
        col.period('origin_period'),
        col.currency('currency'),
        col.bigint('line_check'),
      ],
      primary: ['line_id'],
      indices: [
        { name: 'ix_commission_state_due', columns: ['brand_id', 'state', 'mature_at', 'partner_id'] },
        {
          name: 'ix_commission_state_statement',
          columns: ['brand_id', 'matured_period', 'partner_id', 'currency', 'matured_minor', 'line_check'],
        },
      ],
      checks: [
        { name: 'ck_commission_state_reversed', expression: 'reversed_minor >= 0 AND reversed_minor <= earned_minor' },
        { name: 'ck_commission_state_refunded', expression: 'refunded_minor >= 0 AND refunded_minor <= net_minor' },
      ],
    });
    // A table of its own: of millions of lines a handful is on hold, and a list of them begins here.
    await createTable(runner, {
      name: 'line_hold',
      columns: [col.id('line_id'), col.id('brand_id'), col.text('reason', 500), col.id('held_by'), col.instant('held_at')],
      primary: ['line_id'],
      indices: [{ name: 'ix_line_hold_brand', columns: ['brand_id', 'line_id'] }],
      deletable: true,
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('line_hold');
    await runner.dropTable('commission_state');
    await runner.dropTable('commission_line');
  }
}
