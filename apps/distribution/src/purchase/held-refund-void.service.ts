import { Injectable } from '@nestjs/common';
import { Audit, Database, execute, idIn, idInOrNull, idOutOrNull, rowLock, type Operator, type Tx } from '@concentric/service-kit';
import { refuseOwner } from '../partner/partner-owner.repository';
import { voidDecisionRefusal, voidProposalRefusal, type RefundToVoid } from './held-refund.rules';
import { refundRefused, unknownRefund } from './purchase.errors';

/** Two people agree that nothing is taken back by a refund of more than was paid. */
@Injectable()
export class HeldRefundVoid {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  /** Raises `refund_not_found` (404), `own_partner` (403), `refund_not_held`, `refund_not_voidable` and `proposed_already` (409). */
  async propose(brandId: string, refundId: string, reason: string, actor: Operator): Promise<void> {
    await this.database.transaction(async (tx) => {
      const refused = voidProposalRefusal(await this.find(tx, brandId, refundId, actor));
      if (refused) throw refundRefused(refused);
      await this.write(tx, refundId, 'HELD', { proposedBy: actor.id, decidedBy: null, reason });
      await this.record(tx, 'void_proposed', brandId, refundId, 'HELD', reason, actor);
    });
  }

  /** Raises as above, and `nothing_proposed` (409) and `same_person` (403). */
  async decide(brandId: string, refundId: string, approve: boolean, reason: string, actor: Operator): Promise<void> {
    await this.database.transaction(async (tx) => {
      const refund = await this.find(tx, brandId, refundId, actor);
      const refused = voidDecisionRefusal(approve, refund, actor.id);
      if (refused) throw refundRefused(refused);
      if (approve) await this.write(tx, refundId, 'VOID', { proposedBy: refund.voidProposedBy, decidedBy: actor.id, reason });
      else await this.write(tx, refundId, refund.state, { proposedBy: null, decidedBy: null, reason: null });
      await this.record(tx, approve ? 'voided' : 'void_refused', brandId, refundId, approve ? 'VOID' : refund.state, reason, actor);
    });
  }

  private async find(tx: Tx, brandId: string, refundId: string, actor: Operator): Promise<RefundToVoid> {
    const rows: Record<string, unknown>[] = await tx.query(
      `SELECT order_id, state, held_reason, void_proposed_by FROM refund WHERE brand_id = ? AND refund_id = ?${rowLock(tx, 'update')}`,
      [idIn(brandId), idIn(refundId)],
    );
    const row = rows[0];
    if (!row) throw unknownRefund(refundId);
    await refuseOwner(tx, actor, { sql: 'SELECT partner_id FROM commission_line WHERE order_id = ?', params: [row.order_id] });
    return {
      state: row.state as string,
      heldReason: row.held_reason as string | null,
      voidProposedBy: idOutOrNull(row.void_proposed_by as Buffer | null),
    };
  }

  private async write(
    tx: Tx,
    refundId: string,
    state: string,
    { proposedBy, decidedBy, reason }: { proposedBy: string | null; decidedBy: string | null; reason: string | null },
  ): Promise<void> {
    await execute(tx, 'UPDATE refund SET state = ?, void_proposed_by = ?, void_decided_by = ?, void_reason = ? WHERE refund_id = ?', [
      state,
      idInOrNull(proposedBy),
      idInOrNull(decidedBy),
      reason,
      idIn(refundId),
    ]);
  }

  private record(tx: Tx, verb: string, brandId: string, refundId: string, to: string, reason: string, actor: Operator): Promise<void> {
    const action = `refund.${verb}`;
    return this.audit.record(tx, {
      actorId: actor.id,
      action,
      entityType: 'refund',
      entityId: refundId,
      brandId,
      from: 'HELD',
      to,
      reason,
    });
  }
}
