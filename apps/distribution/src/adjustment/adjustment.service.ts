import { Injectable } from '@nestjs/common';
import { Audit, BrandDirectory, Database, idIn, isDuplicateKey, type Operator, type Tx } from '@concentric/service-kit';
import type { AdjustmentInput } from '@concentric/contracts';
import { PeriodService } from '../ledger/period.service';
import { unknownPartner } from '../partner/partner.errors';
import { refuseOwner } from '../partner/partner-owner.repository';
import { AdjustmentBooking } from './adjustment-booking.service';
import { adjustmentRefused, noBooksYet, notOfPartner, originInFuture, unknownAdjustment } from './adjustment.errors';
import { AdjustmentRepository, type AdjustmentRow, type NewAdjustment } from './adjustment.repository';
import { adjustmentRefusal, adjustmentTransitions, writeOffRefusal, type AdjustmentAction } from './adjustment.rules';

/** Correcting what is owed to a partner by a document that one person proposes and another decides on. */
@Injectable()
export class AdjustmentService {
  constructor(
    private readonly database: Database,
    private readonly brands: BrandDirectory,
    private readonly adjustments: AdjustmentRepository,
    private readonly booking: AdjustmentBooking,
    private readonly periods: PeriodService,
    private readonly audit: Audit,
  ) {}

  /** Raises `partner_not_found`, `own_partner`, `no_open_period`, the refusals of a write-off, and `invalid_input` for what belongs to somebody else. */
  async propose(tx: Tx, brandId: string, input: AdjustmentInput, actor: Operator): Promise<AdjustmentRow> {
    const { partnerId, kind, amountMinor, originPeriod = null, lineId = null, statementId = null, reason } = input;
    const { currency } = await this.brands.get(tx, brandId);
    const known: unknown[] = await tx.query('SELECT partner_id FROM partner WHERE brand_id = ? AND partner_id = ?', [
      idIn(brandId),
      idIn(partnerId),
    ]);
    if (known.length === 0) throw unknownPartner(partnerId);
    await refuseOwner(tx, actor, partnerId);
    if (lineId !== null && !(await this.adjustments.belongs(tx, 'commission_line', lineId, partnerId))) throw notOfPartner('lineId');
    if (statementId !== null && !(await this.adjustments.belongs(tx, 'statement', statementId, partnerId)))
      throw notOfPartner('statementId');
    const open = await this.periods.current(tx, brandId, null);
    if (open === undefined) throw noBooksYet();
    if (originPeriod !== null && originPeriod > open) throw originInFuture(originPeriod, open);
    const proposal: NewAdjustment = {
      partnerId,
      currency,
      kind,
      amountMinor,
      originPeriod,
      lineId,
      statementId,
      source: 'manual',
      sourceId: null,
      reason,
      proposedBy: actor.id,
    };
    await this.refuseWriteOff(tx, brandId, proposal);
    const adjustmentId = await this.adjustments.add(tx, brandId, proposal);
    await this.audit.record(tx, {
      actorId: actor.id,
      action: 'adjustment.proposed',
      entityType: 'adjustment',
      entityId: adjustmentId,
      brandId,
      to: 'PROPOSED',
      reason,
    });
    return (await this.adjustments.find(tx, brandId, adjustmentId))!;
  }

  /** Books or rejects a proposal. Raises `adjustment_not_found`, `own_partner`, `wrong_state`, `same_person`, and the refusals of a write-off. */
  async decide(brandId: string, adjustmentId: string, approve: boolean, reason: string, actor: Operator): Promise<AdjustmentRow> {
    return this.database.transaction(async (tx) => {
      const adjustment = await this.adjustments.lock(tx, brandId, adjustmentId);
      if (!adjustment) throw unknownAdjustment(adjustmentId);
      await refuseOwner(tx, actor, adjustment.partnerId);
      const action: AdjustmentAction = approve ? 'book' : 'reject';
      const refused = adjustmentRefusal(action, adjustment, actor.id);
      if (refused) throw adjustmentRefused(refused);
      if (approve) await this.book(tx, brandId, adjustment, actor.id, reason);
      else
        await this.settle(tx, brandId, adjustment.id, 'reject', {
          actorId: actor.id,
          reason,
          txnId: null,
          period: null,
          originPeriod: adjustment.originPeriod,
        });
      return (await this.adjustments.find(tx, brandId, adjustmentId))!;
    });
  }

  /**
   * Proposes and books in one step what two people have agreed on in another document (a dispute, a recalculation).
   * Returns the adjustment's id. Raises `adjusted_already` when that document has been booked before.
   */
  async bookWithin(tx: Tx, brandId: string, proposal: NewAdjustment, decision: { decidedBy: string; reason: string }): Promise<string> {
    try {
      const adjustmentId = await this.adjustments.add(tx, brandId, proposal);
      await this.book(tx, brandId, { ...proposal, id: adjustmentId }, decision.decidedBy, decision.reason);
      return adjustmentId;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      throw adjustmentRefused({ code: 'adjusted_already', message: 'What this comes from has been booked before.' });
    }
  }

  private async book(
    tx: Tx,
    brandId: string,
    adjustment: (NewAdjustment & { id: string }) | AdjustmentRow,
    actorId: string,
    reason: string,
  ): Promise<void> {
    await this.refuseWriteOff(tx, brandId, adjustment);
    const { txnId, period, originPeriod } = await this.booking.book(tx, brandId, adjustment);
    await this.settle(tx, brandId, adjustment.id, 'book', { actorId, reason, txnId, period, originPeriod });
  }

  private async settle(
    tx: Tx,
    brandId: string,
    adjustmentId: string,
    action: AdjustmentAction,
    decision: Parameters<AdjustmentRepository['decide']>[3],
  ): Promise<void> {
    const { from, to } = adjustmentTransitions[action];
    if (!(await this.adjustments.decide(tx, adjustmentId, action, decision)))
      throw adjustmentRefused({ code: 'changed_meanwhile', message: 'Somebody else decided first.' });
    const verb = action === 'book' ? 'booked' : 'rejected';
    await this.audit.record(tx, {
      actorId: decision.actorId,
      action: `adjustment.${verb}`,
      entityType: 'adjustment',
      entityId: adjustmentId,
      brandId,
      from,
      to,
      reason: decision.reason,
    });
  }

  private async refuseWriteOff(
    tx: Tx,
    brandId: string,
    { kind, partnerId, currency, amountMinor }: Pick<NewAdjustment, 'kind' | 'partnerId' | 'currency' | 'amountMinor'>,
  ): Promise<void> {
    if (kind !== 'write-off') return;
    // No month closes until this is decided: the statements of one that is closed carry what is written off here.
    await this.periods.current(tx, brandId, 'share');
    const refused = writeOffRefusal(amountMinor, await this.adjustments.writable(tx, brandId, partnerId, currency));
    if (refused) throw adjustmentRefused(refused);
  }
}
