import { Injectable } from '@nestjs/common';
import { Audit, Database, type Operator, type Tx } from '@concentric/service-kit';
import type { disputeDecision, disputeInput, disputeProposal } from '@concentric/contracts';
import type { z } from 'zod';
import { AdjustmentService } from '../adjustment/adjustment.service';
import { refuseOwner } from '../partner/partner-owner.repository';
import { DisputeRepository, type DisputeRow } from './dispute.repository';
import { disputeRefusal, disputeTransitions, type DisputeAction, type Settlement } from './dispute.rules';
import { StatementAnswerService } from './statement-answer.service';
import { StatementMoves } from './statement-moves.service';
import { notOnStatement, refused, unknownDispute, windowOver, wrongStatementState } from './statement.errors';

const CHANGED = { code: 'changed_meanwhile', message: 'Somebody else decided first.' };

/**
 * Partners dispute what their statements show; finance proposes how to settle it and a second person decides. The
 * statement itself never changes: what is found to be owed is adjusted in the open period (inv 34).
 */
@Injectable()
export class DisputeService {
  constructor(
    private readonly database: Database,
    private readonly disputes: DisputeRepository,
    private readonly statements: StatementAnswerService,
    private readonly moves: StatementMoves,
    private readonly adjustments: AdjustmentService,
    private readonly audit: Audit,
  ) {}

  /** Raises `statement_not_found`, `not_your_statement`, `wrong_state`, `dispute_window_over`, and `invalid_input` for what the statement does not show. */
  async open(brandId: string, statementId: string, input: z.infer<typeof disputeInput>, operator: Operator): Promise<DisputeRow> {
    return this.database.transaction(async (tx) => {
      const statement = await this.statements.own(tx, brandId, statementId, operator);
      if (statement.windowOver) throw windowOver();
      const shown = await this.disputes.shownOn(tx, statement, input.items);
      const stranger = input.items.findIndex(({ lineId, adjustmentId }) => !shown.has((lineId ?? adjustmentId)!));
      if (stranger >= 0) throw notOnStatement(stranger, input.items[stranger]!.lineId ? 'lineId' : 'adjustmentId');
      const moved = await this.moves.move(tx, brandId, 'dispute', [statementId], { actorId: operator.id, reason: input.reason });
      if (moved.length === 0) throw wrongStatementState(statement.state, 'disputed');
      const disputeId = await this.disputes.open(tx, brandId, statement, input, operator.id);
      return this.read(tx, brandId, disputeId);
    });
  }

  /** Raises `dispute_not_found`, `own_partner`, `wrong_state`. */
  async propose(brandId: string, disputeId: string, proposal: z.infer<typeof disputeProposal>, actor: Operator): Promise<DisputeRow> {
    return this.database.transaction(async (tx) => {
      await this.allowed(tx, brandId, disputeId, 'propose', actor);
      if (!(await this.disputes.propose(tx, disputeId, proposal, actor.id))) throw refused(CHANGED);
      await this.record(tx, brandId, disputeId, 'propose', proposal.reason, actor);
      return this.read(tx, brandId, disputeId);
    });
  }

  /** Settles a dispute as proposed, or sends the proposal back. Raises `dispute_not_found`, `own_partner`, `wrong_state`, `same_person`, `changed_meanwhile`. */
  async decide(
    brandId: string,
    disputeId: string,
    { approve, reason, ...seen }: z.infer<typeof disputeDecision>,
    actor: Operator,
  ): Promise<DisputeRow> {
    return this.database.transaction(async (tx) => {
      const action = approve ? 'accept' : 'refuse';
      const dispute = await this.allowed(tx, brandId, disputeId, action, actor, seen);
      const done = approve
        ? await this.disputes.resolve(tx, disputeId, reason, actor.id)
        : await this.disputes.reopen(tx, disputeId, reason);
      if (!done) throw refused(CHANGED);
      await this.record(tx, brandId, disputeId, action, reason, actor);
      if (approve) await this.settle(tx, brandId, dispute, reason, actor);
      return this.read(tx, brandId, disputeId);
    });
  }

  private async settle(tx: Tx, brandId: string, dispute: DisputeRow, reason: string, actor: Operator): Promise<void> {
    const { id, statementId, partnerId, currency, period, items, proposedBy, proposalReason, amountMinor } = dispute;
    if (dispute.resolution === 'adjust') {
      const adjustmentId = await this.adjustments.bookWithin(
        tx,
        brandId,
        {
          partnerId,
          currency,
          kind: 'adjust',
          amountMinor: amountMinor!,
          originPeriod: period,
          lineId: items.length === 1 && items[0]!.lineId ? await this.disputes.earnedLine(tx, items[0]!.lineId) : null,
          statementId,
          source: 'dispute',
          sourceId: id,
          reason: proposalReason!,
          proposedBy: proposedBy!,
        },
        { decidedBy: actor.id, reason },
      );
      await this.disputes.note(tx, id, adjustmentId);
    }
    await this.moves.move(tx, brandId, 'resolve', [statementId], { actorId: actor.id, reason, set: this.statements.confirmedNow() });
  }

  private async allowed(
    tx: Tx,
    brandId: string,
    disputeId: string,
    action: DisputeAction,
    actor: Operator,
    seen?: Settlement,
  ): Promise<DisputeRow> {
    const dispute = await this.disputes.lock(tx, brandId, disputeId);
    if (!dispute) throw unknownDispute(disputeId);
    await refuseOwner(tx, actor, dispute.partnerId);
    const why = disputeRefusal(action, dispute, actor.id, seen);
    if (why) throw refused(why);
    return dispute;
  }

  private record(tx: Tx, brandId: string, disputeId: string, action: DisputeAction, reason: string, actor: Operator): Promise<void> {
    const { from, to, verb } = disputeTransitions[action];
    return this.audit.record(tx, {
      actorId: actor.id,
      action: `dispute.${verb}`,
      entityType: 'dispute',
      entityId: disputeId,
      brandId,
      from,
      to,
      reason,
    });
  }

  private async read(tx: Tx, brandId: string, disputeId: string): Promise<DisputeRow> {
    return (await this.disputes.find(tx, brandId, disputeId))!;
  }
}
