import { col, createTable, generatedUniqueKey, refuseRows } from '@concentric/service-kit';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a statement says and about what. */
const SAID = [
  'brand_id',
  'period_id',
  'partner_id',
  'partner_type',
  'partner_code',
  'currency',
  'kind',
  'revision',
  'opening_minor',
  'earned_minor',
  'reversed_minor',
  'adjusted_minor',
  'written_off_minor',
  'withheld_minor',
  'paid_minor',
  'closing_minor',
  'carried_in_minor',
  'net_minor',
  'tax_minor',
  'minimum_minor',
  'outcome',
  'lines',
  'fingerprint',
];

/** What each partner is told and paid for a period (inv 29-35, 40). */
export class Statements1700000300007 implements MigrationInterface {
  readonly name = 'Statements1700000300007';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'settlement_run',
      columns: [
        col.id('run_id'),
        col.id('brand_id'),
        col.period('period_id'),
        col.key('state', 8),
        col.int('expected'),
        col.int('built'),
        col.int('parked'),
        col.money('minimum_minor'),
        col.instant('started_at'),
        col.instant('finished_at', { nullable: true }),
      ],
      primary: ['run_id'],
      unique: [{ name: 'uq_settlement_run', columns: ['brand_id', 'period_id'] }],
    });
    await createTable(runner, {
      name: 'statement',
      columns: [
        col.id('statement_id'),
        col.id('brand_id'),
        col.period('period_id'),
        col.id('partner_id'),
        col.key('partner_type', 16),
        col.key('partner_code', 64),
        col.currency('currency'),
        col.key('kind', 12),
        col.int('revision'),
        col.money('opening_minor'),
        col.money('earned_minor'),
        col.money('reversed_minor'),
        col.money('adjusted_minor'),
        col.money('written_off_minor'),
        col.money('withheld_minor'),
        col.money('paid_minor'),
        col.money('closing_minor'),
        col.money('carried_in_minor'),
        col.money('net_minor'),
        col.money('tax_minor'),
        col.money('minimum_minor'),
        col.key('outcome', 8),
        col.int('lines'),
        col.key('fingerprint', 64),
        col.key('state', 12),
        col.text('parked_reason', 500, { nullable: true }),
        col.id('submitted_by', { nullable: true }),
        col.id('approved_by', { nullable: true }),
        col.id('second_approved_by', { nullable: true }),
        col.text('rejected_reason', 500, { nullable: true }),
        col.instant('published_at', { nullable: true }),
        col.instant('seen_at', { nullable: true }),
        col.instant('dispute_until', { nullable: true }),
        col.instant('confirmed_at', { nullable: true }),
        col.key('waiting_for', 16, { nullable: true }),
        col.period('carried_into', { nullable: true }),
        col.id('void_proposed_by', { nullable: true }),
        col.id('void_decided_by', { nullable: true }),
        col.text('void_reason', 500, { nullable: true }),
        col.int('findings', { nullable: true }),
        col.int('open_findings', { nullable: true }),
        col.int('version'),
      ],
      primary: ['statement_id'],
      unique: [{ name: 'uq_statement', columns: ['brand_id', 'period_id', 'partner_id', 'currency', 'kind', 'revision'] }],
      indices: [
        { name: 'ix_statement_state', columns: ['brand_id', 'state', 'period_id'] },
        { name: 'ix_statement_due', columns: ['brand_id', 'state', 'waiting_for', 'dispute_until'] },
        { name: 'ix_statement_period', columns: ['brand_id', 'period_id', 'statement_id'] },
        { name: 'ix_statement_unexamined', columns: ['brand_id', 'open_findings', 'state'] },
        { name: 'ix_statement_exceptional', columns: ['brand_id', 'findings', 'period_id'] },
        { name: 'ix_statement_carried_into', columns: ['brand_id', 'carried_into'] },
        { name: 'ix_statement_partner', columns: ['partner_id', 'period_id'] },
        { name: 'ix_statement_amount', columns: ['brand_id', 'period_id', 'net_minor', 'statement_id'] },
        { name: 'ix_statement_code', columns: ['brand_id', 'period_id', 'partner_code', 'statement_id'] },
        // The totals of a review are read from an index alone, whatever it is filtered by.
        {
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
        },
      ],
      checks: [
        {
          name: 'ck_statement_four_eyes',
          expression: 'approved_by IS NULL OR (submitted_by IS NOT NULL AND submitted_by <> approved_by)',
        },
        {
          name: 'ck_statement_reviewed',
          expression:
            "state IN ('PARKED', 'DRAFT', 'VOID') OR (submitted_by IS NOT NULL AND (state = 'IN_REVIEW' OR approved_by IS NOT NULL))",
        },
        {
          name: 'ck_statement_six_eyes',
          expression:
            'second_approved_by IS NULL OR (approved_by IS NOT NULL AND second_approved_by <> approved_by AND second_approved_by <> submitted_by)',
        },
        {
          name: 'ck_statement_findings',
          expression: "COALESCE(open_findings, 1) = 0 OR state IN ('PARKED', 'DRAFT', 'IN_REVIEW', 'VOID')",
        },
        {
          name: 'ck_statement_void_four_eyes',
          expression:
            "(state = 'VOID') = (void_decided_by IS NOT NULL) AND (void_decided_by IS NULL OR (void_proposed_by IS NOT NULL AND void_decided_by <> void_proposed_by))",
        },
        {
          name: 'ck_statement_closing',
          expression:
            'closing_minor = opening_minor + earned_minor - reversed_minor + adjusted_minor - written_off_minor - withheld_minor - paid_minor',
        },
        {
          name: 'ck_statement_net',
          expression: 'net_minor = carried_in_minor + earned_minor - reversed_minor + adjusted_minor - written_off_minor',
        },
        // What was to be paid is taken into one later statement, or none (inv 29).
        { name: 'ck_statement_carried_into', expression: "(outcome = 'pay' AND state = 'CARRIED') = (carried_into IS NOT NULL)" },
        { name: 'ck_statement_tax', expression: 'tax_minor >= 0 AND (tax_minor = 0 OR tax_minor <= net_minor)' },
      ],
    });
    // One statement counts per partner, period and currency: a new revision only once the one before is void (inv 29).
    await generatedUniqueKey(runner, 'statement', {
      column: 'live_key',
      expression: "CASE WHEN state <> 'VOID' THEN partner_id END",
      index: 'uq_statement_live',
      also: ['brand_id', 'period_id', 'currency', 'kind'],
    });
    // Only a parked one is built again; whatever has been shown to anybody stays as it is (inv 34).
    await refuseRows(runner, 'statement', {
      name: 'tr_statement_figures',
      on: 'update',
      columns: SAID,
      when: `OLD.state <> 'PARKED' AND (${SAID.map((column) => `NEW.\`${column}\` <> OLD.\`${column}\``).join(' OR ')})`,
      message: 'what a statement says does not change',
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('statement');
    await runner.dropTable('settlement_run');
  }
}
