import { ownReason } from '@concentric/contracts';
import { Injectable } from '@nestjs/common';
import { Clock, Database, execute, idIn, idOut, type Operator, type Tx } from '@concentric/service-kit';
import { refuseOwner } from '../partner/partner-owner.repository';
import { SettingService } from '../setting/setting.service';
import { StatementMoves } from '../statement/statement-moves.service';
import { debtorMissing, payoutRefused, totalsDisagree, unknownPayout } from './payout.errors';
import { PayoutFileService } from './payout-file.service';
import { plannedFor, PayoutRepository, type PayoutBatch, type PayoutItem } from './payout.repository';
import { hasChecked, plannedItems } from './payout-checker.repository';
import { payoutRefusal, type PayoutAction } from './payout.rules';

/** What somebody asks for, having seen the batch at a version. */
export interface PayoutRequest {
  version: number;
  reason?: string | undefined;
}

/** What people decide about a batch before it is released: submitting, approving, sending back, cancelling. */
@Injectable()
export class PayoutReview {
  constructor(
    private readonly database: Database,
    private readonly payouts: PayoutRepository,
    private readonly files: PayoutFileService,
    private readonly statements: StatementMoves,
    private readonly settings: SettingService,
    private readonly clock: Clock,
  ) {}

  /** Raises `totals_disagree` (409) when the batch does not come to what its statements and the books say. */
  submit(brandId: string, batchId: string, request: PayoutRequest, actor: Operator): Promise<void> {
    return this.act(brandId, batchId, 'submit', request, actor, async (tx, batch, move) => {
      const disagreeing = await this.disagreeing(tx, batch);
      if (disagreeing.length > 0) throw totalsDisagree(disagreeing);
      await this.sign(tx, batchId, { submitted_by: idIn(actor.id) });
      await this.payouts.move(tx, brandId, batch, 'submit', { ...move, set: { submitted_by: idIn(actor.id), rejected_reason: null } });
    });
  }

  reject(brandId: string, batchId: string, request: PayoutRequest, actor: Operator): Promise<void> {
    return this.act(brandId, batchId, 'reject', request, actor, async (tx, batch, move) => {
      await this.payouts.move(tx, brandId, batch, 'reject', {
        ...move,
        set: { submitted_by: null, approved_by: null, rejected_reason: request.reason ?? '' },
      });
    });
  }

  /** The last approval that is needed makes the files at once and keeps their hashes. Raises `debtor_missing` (409). */
  approve(brandId: string, batchId: string, request: PayoutRequest, actor: Operator): Promise<void> {
    return this.act(brandId, batchId, 'approve', request, actor, async (tx, batch, move) => {
      const { secondPayoutApprovalAboveMinor: limit, payoutDebtor } = await this.settings.of(tx, brandId);
      if (payoutDebtor === null) throw debtorMissing();
      if (limit !== null && batch.amountMinor > limit && batch.approvedBy === null) {
        await this.payouts.move(tx, brandId, batch, 'approveFirst', { ...move, set: { approved_by: idIn(actor.id) } });
        return;
      }
      const approvers: Record<string, Buffer> =
        batch.approvedBy === null
          ? { approved_by: idIn(actor.id) }
          : { approved_by: idIn(batch.approvedBy), second_approved_by: idIn(actor.id) };
      await this.sign(tx, batchId, approvers);
      const approved = await this.payouts.move(tx, brandId, batch, 'approve', {
        ...move,
        set: { ...approvers, approved_at: this.clock.now(), debtor: JSON.stringify(payoutDebtor) },
      });
      const { csv, pain001 } = await this.files.hashes(tx, brandId, approved);
      await this.payouts.move(tx, brandId, approved, 'makeReady', {
        actorId: 'system',
        reason: ownReason('hashes_approved'),
        set: { csv_hash: csv, pain001_hash: pain001 },
      });
    });
  }

  proposeCancel(brandId: string, batchId: string, request: PayoutRequest, actor: Operator): Promise<void> {
    return this.act(brandId, batchId, 'proposeCancel', request, actor, async (tx, batch, move) => {
      await this.payouts.move(tx, brandId, batch, 'proposeCancel', {
        ...move,
        set: { cancel_proposed_by: idIn(actor.id), cancel_reason: request.reason ?? '' },
      });
    });
  }

  /** Cancelling gives every statement back; they can be paid by another batch. */
  decideCancel(brandId: string, batchId: string, isCancelled: boolean, request: PayoutRequest, actor: Operator): Promise<void> {
    return this.act(brandId, batchId, isCancelled ? 'cancel' : 'keep', request, actor, async (tx, batch, move) => {
      if (!isCancelled) {
        await this.payouts.move(tx, brandId, batch, 'keep', { ...move, set: { cancel_proposed_by: null, cancel_reason: null } });
        return;
      }
      const planned: PayoutItem[] = [];
      for await (const page of this.payouts.pages(tx, batchId)) planned.push(...page);
      await this.payouts.moveItems(tx, brandId, planned, 'cancel', move);
      await this.statements.move(
        tx,
        brandId,
        'exclude',
        planned.map(({ statementId }) => statementId),
        move,
      );
      await this.payouts.move(tx, brandId, batch, 'cancel', { ...move, set: { cancel_decided_by: idIn(actor.id) } });
    });
  }

  private act(
    brandId: string,
    batchId: string,
    action: PayoutAction,
    { version, reason }: PayoutRequest,
    actor: Operator,
    work: (tx: Tx, batch: PayoutBatch, move: { actorId: string; reason?: string }) => Promise<void>,
  ): Promise<void> {
    return this.database.transaction(async (tx) => {
      const batch = (await this.payouts.lock(tx, brandId, [batchId])).get(batchId);
      if (!batch) throw unknownPayout(batchId);
      await refuseOwner(tx, actor, plannedFor(batchId));
      const checkedStatement = (action === 'submit' || action === 'approve') && (await hasChecked(tx, plannedItems(batchId), actor.id));
      const refused = payoutRefusal(action, batch, { actorId: actor.id, seenVersion: version, checkedStatement });
      if (refused) throw payoutRefused(refused);
      await work(tx, batch, { actorId: actor.id, ...(reason === undefined ? {} : { reason }) });
    });
  }

  /** Writes persons of a batch on its items too, where the database compares them with who checked the statements (inv 40). */
  private async sign(tx: Tx, batchId: string, persons: Readonly<Record<string, Buffer>>): Promise<void> {
    const set = Object.keys(persons).map((column) => `${column} = ?`);
    await execute(tx, `UPDATE payout_item SET ${set.join(', ')} WHERE batch_id = ? AND state = 'PLANNED'`, [
      ...Object.values(persons),
      idIn(batchId),
    ]);
  }

  /**
   * Control totals: each item pays its statement's net less tax, the batch is the sum of its items, and each statement still
   * closes where the partner's account stood at the end of its period. Returns statements of which that is not true.
   */
  private async disagreeing(tx: Tx, { batchId, items, grossMinor, taxMinor }: PayoutBatch): Promise<string[]> {
    const rows: { statement_id: Buffer }[] = await tx.query(
      `SELECT s.statement_id FROM payout_item i JOIN statement s ON s.statement_id = i.statement_id
        WHERE i.batch_id = ? AND i.state = 'PLANNED' AND (i.gross_minor <> s.net_minor OR i.tax_minor <> s.tax_minor OR s.state <> 'IN_PAYOUT' OR s.closing_minor <> (
              SELECT COALESCE(SUM(-e.amount_minor), 0) FROM ledger_account a JOIN ledger_entry e ON e.account_id = a.account_id AND e.currency = a.currency AND e.period_id <= s.period_id
               WHERE a.brand_id = s.brand_id AND a.partner_id = s.partner_id AND a.type = 'payable' AND a.currency = s.currency)) LIMIT 20`,
      [idIn(batchId)],
    );
    const sums: { n: unknown; gross: unknown; tax: unknown }[] = await tx.query(
      "SELECT COUNT(*) AS n, SUM(gross_minor) AS gross, SUM(tax_minor) AS tax FROM payout_item WHERE batch_id = ? AND state = 'PLANNED'",
      [idIn(batchId)],
    );
    const [sum] = sums;
    if (Number(sum?.n) !== items || Number(sum?.gross) !== grossMinor || Number(sum?.tax) !== taxMinor)
      throw new Error(`payout batch ${batchId} is not the sum of its items`);
    return rows.map((row) => idOut(row.statement_id));
  }
}
