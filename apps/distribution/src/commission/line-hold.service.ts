import { Injectable } from '@nestjs/common';
import { Audit, Clock, Database, execute, idIn, idOut, insertRows, type Operator, type Tx } from '@concentric/service-kit';
import { refuseOwner } from '../partner/partner-owner.repository';
import { BrandProgress } from '../purchase/brand-progress.service';
import { holdRefused, unknownLine } from './line-hold.errors';
import { holdRefusal, type HoldAction } from './line-hold.rules';

/** Keeps single lines from maturing while somebody looks at them. The books do not change by it. */
@Injectable()
export class LineHoldService {
  constructor(
    private readonly database: Database,
    private readonly progress: BrandProgress,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Raises `commission_line_not_found`, `own_partner`, and a conflict that says what to do instead. */
  async act(brandId: string, lineId: string, action: HoldAction, reason: string, actor: Operator): Promise<void> {
    await this.database.transaction(async (tx) => {
      // Behind the lock of whoever lets lines mature: what it adds up and what it marks must be the same lines.
      await this.progress.lock(tx, brandId);
      const rows: { state: 'ACCRUED' | 'MATURED' | 'REVERSED'; hold_reason: string | null; partner_id: Buffer }[] = await tx.query(
        'SELECT s.state, s.partner_id, h.reason AS hold_reason FROM commission_state s LEFT JOIN line_hold h ON h.line_id = s.line_id WHERE s.brand_id = ? AND s.line_id = ?',
        [idIn(brandId), idIn(lineId)],
      );
      if (!rows[0]) throw unknownLine(lineId);
      await refuseOwner(tx, actor, idOut(rows[0].partner_id));
      const refused = holdRefusal(action, { state: rows[0].state, holdReason: rows[0].hold_reason });
      if (refused) throw holdRefused(refused);
      if (action === 'hold') await this.add(tx, brandId, lineId, reason, actor);
      else await execute(tx, 'DELETE FROM line_hold WHERE line_id = ?', [idIn(lineId)]);
      await this.audit.record(tx, {
        actorId: actor.id,
        action: action === 'hold' ? 'line.held' : 'line.released',
        entityType: 'commission_line',
        entityId: lineId,
        brandId,
        from: rows[0].state,
        to: rows[0].state,
        reason,
      });
    });
  }

  private async add(tx: Tx, brandId: string, lineId: string, reason: string, actor: Operator): Promise<void> {
    const row = [idIn(lineId), idIn(brandId), reason, idIn(actor.id), this.clock.now()];
    await insertRows(tx, 'line_hold', ['line_id', 'brand_id', 'reason', 'held_by', 'held_at'], [row]);
  }
}
