import { col, createTable, generatedUniqueKey } from '@concentric/service-kit';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Batches in which statements are paid (inv 36-40). */
export class Payouts1700000300022 implements MigrationInterface {
  readonly name = 'Payouts1700000300022';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'payout_batch',
      columns: [
        col.id('batch_id'),
        col.id('brand_id'),
        col.currency('currency'),
        col.text('note', 500),
        col.key('state', 12),
        col.int('items'),
        col.money('gross_minor'),
        col.money('tax_minor'),
        col.money('amount_minor'),
        col.id('prepared_by'),
        col.instant('prepared_at'),
        col.id('submitted_by', { nullable: true }),
        col.id('approved_by', { nullable: true }),
        col.id('second_approved_by', { nullable: true }),
        col.instant('approved_at', { nullable: true }),
        col.text('rejected_reason', 500, { nullable: true }),
        col.id('released_by', { nullable: true }),
        col.instant('released_at', { nullable: true }),
        col.id('cancel_proposed_by', { nullable: true }),
        col.id('cancel_decided_by', { nullable: true }),
        col.text('cancel_reason', 500, { nullable: true }),
        col.json('debtor', { nullable: true }),
        col.key('csv_hash', 64, { nullable: true }),
        col.key('pain001_hash', 64, { nullable: true }),
        col.int('version'),
      ],
      primary: ['batch_id'],
      indices: [
        { name: 'ix_payout_batch_brand', columns: ['brand_id', 'prepared_at', 'batch_id'] },
        { name: 'ix_payout_batch_state', columns: ['brand_id', 'state', 'prepared_at', 'batch_id'] },
      ],
      checks: [
        { name: 'ck_payout_batch_total', expression: 'gross_minor = tax_minor + amount_minor AND items >= 0' },
        {
          name: 'ck_payout_batch_four_eyes',
          expression: 'approved_by IS NULL OR (submitted_by IS NOT NULL AND approved_by <> prepared_by AND approved_by <> submitted_by)',
        },
        {
          name: 'ck_payout_batch_six_eyes',
          expression:
            'second_approved_by IS NULL OR (approved_by IS NOT NULL AND second_approved_by <> approved_by AND second_approved_by <> prepared_by AND second_approved_by <> submitted_by)',
        },
        {
          name: 'ck_payout_batch_release',
          expression: 'released_by IS NULL OR (released_by <> prepared_by AND released_by <> submitted_by)',
        },
        {
          name: 'ck_payout_batch_cancel',
          expression: 'cancel_decided_by IS NULL OR (cancel_proposed_by IS NOT NULL AND cancel_decided_by <> cancel_proposed_by)',
        },
        { name: 'ck_payout_batch_cancelled', expression: "state <> 'CANCELLED' OR cancel_decided_by IS NOT NULL" },
        { name: 'ck_payout_batch_submitted', expression: "state IN ('DRAFT', 'CANCELLED') OR submitted_by IS NOT NULL" },
        {
          name: 'ck_payout_batch_approved',
          expression: "state IN ('DRAFT', 'SUBMITTED', 'CANCELLED') OR (approved_by IS NOT NULL AND approved_at IS NOT NULL)",
        },
        {
          name: 'ck_payout_batch_sent',
          expression:
            "state NOT IN ('SENT', 'PART_SETTLED', 'SETTLED') OR (released_by IS NOT NULL AND csv_hash IS NOT NULL AND pain001_hash IS NOT NULL)",
        },
      ],
    });
    await createTable(runner, {
      name: 'payout_item',
      columns: [
        col.id('item_id'),
        col.id('brand_id'),
        col.id('batch_id'),
        col.int('seq'),
        col.id('statement_id'),
        col.id('partner_id'),
        col.period('period_id'),
        col.id('payee_id'),
        col.id('former_payee_id', { nullable: true }),
        col.currency('currency'),
        col.money('gross_minor'),
        col.money('tax_minor'),
        col.money('amount_minor'),
        col.key('state', 12),
        col.id('replaces_id', { nullable: true }),
        col.id('prepared_by'),
        col.id('submitted_by', { nullable: true }),
        col.id('checked_by', { nullable: true }),
        col.id('second_checked_by', { nullable: true }),
        col.id('approved_by', { nullable: true }),
        col.id('second_approved_by', { nullable: true }),
        col.key('bank_ref', 64, { nullable: true }),
        col.date('booked_on', { nullable: true }),
        col.text('outcome_reason', 500, { nullable: true }),
        col.key('resolve_to', 8, { nullable: true }),
        col.id('resolve_proposed_by', { nullable: true }),
        col.id('resolve_decided_by', { nullable: true }),
        col.text('resolve_evidence', 500, { nullable: true }),
        col.int('version'),
      ],
      primary: ['item_id'],
      unique: [{ name: 'uq_payout_item_seq', columns: ['batch_id', 'seq'] }],
      indices: [
        { name: 'ix_payout_item_brand', columns: ['brand_id', 'item_id'] },
        { name: 'ix_payout_item_outcome', columns: ['brand_id', 'state', 'item_id'] },
        { name: 'ix_payout_item_statement', columns: ['statement_id', 'item_id'] },
        { name: 'ix_payout_item_partner', columns: ['partner_id', 'item_id'] },
        { name: 'ix_payout_item_state', columns: ['batch_id', 'state', 'amount_minor'] },
        { name: 'ix_payout_item_former_payee', columns: ['batch_id', 'former_payee_id'] },
      ],
      checks: [
        { name: 'ck_payout_item_amount', expression: 'gross_minor = tax_minor + amount_minor AND amount_minor > 0 AND tax_minor >= 0' },
        {
          name: 'ck_payout_item_preparer',
          expression:
            '(checked_by IS NULL OR checked_by <> prepared_by) AND (second_checked_by IS NULL OR second_checked_by <> prepared_by)',
        },
        {
          name: 'ck_payout_item_submitter',
          expression:
            'submitted_by IS NULL OR ((checked_by IS NULL OR submitted_by <> checked_by) AND (second_checked_by IS NULL OR submitted_by <> second_checked_by))',
        },
        {
          name: 'ck_payout_item_approver',
          expression:
            'approved_by IS NULL OR (approved_by <> prepared_by AND (checked_by IS NULL OR approved_by <> checked_by) AND (second_checked_by IS NULL OR approved_by <> second_checked_by))',
        },
        {
          name: 'ck_payout_item_second_approver',
          expression:
            'second_approved_by IS NULL OR (second_approved_by <> prepared_by AND (checked_by IS NULL OR second_approved_by <> checked_by) AND (second_checked_by IS NULL OR second_approved_by <> second_checked_by))',
        },
        {
          name: 'ck_payout_item_sent',
          expression: "state IN ('PLANNED', 'EJECTED', 'CANCELLED') OR (submitted_by IS NOT NULL AND approved_by IS NOT NULL)",
        },
        {
          name: 'ck_payout_item_resolve',
          expression: 'resolve_decided_by IS NULL OR (resolve_proposed_by IS NOT NULL AND resolve_decided_by <> resolve_proposed_by)',
        },
        {
          name: 'ck_payout_item_resolver',
          expression:
            '(resolve_proposed_by IS NULL OR ((checked_by IS NULL OR resolve_proposed_by <> checked_by) AND (second_checked_by IS NULL OR resolve_proposed_by <> second_checked_by))) AND (resolve_decided_by IS NULL OR ((checked_by IS NULL OR resolve_decided_by <> checked_by) AND (second_checked_by IS NULL OR resolve_decided_by <> second_checked_by)))',
        },
      ],
    });
    // At most one item of a statement may still become or be money (inv 36).
    await generatedUniqueKey(runner, 'payout_item', {
      column: 'live_key',
      expression: "CASE WHEN state IN ('PLANNED', 'SENT', 'UNKNOWN', 'PAID') THEN statement_id END",
      index: 'uq_payout_item_live',
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('payout_item');
    await runner.dropTable('payout_batch');
  }
}
