import { Injectable } from '@nestjs/common';
import { Audit, Database, execute, idIn, type Operator } from '@concentric/service-kit';
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
  ) {}

  /** Raises `commission_line_not_found`, and a conflict that says what to do instead. */
  async act(brandId: string, lineId: string, action: HoldAction, reason: string, actor: Operator): Promise<void> {
    await this.database.transaction(async (tx) => {
      // Behind the lock of whoever lets lines mature: what it adds up and what it marks must be the same lines.
      await this.progress.lock(tx, brandId);
      const rows: { state: 'ACCRUED' | 'MATURED' | 'REVERSED'; hold_reason: string | null }[] = await tx.query(
        'SELECT state, hold_reason FROM commission_state WHERE brand_id = ? AND line_id = ?',
        [idIn(brandId), idIn(lineId)],
      );
      if (!rows[0]) throw unknownLine(lineId);
      const refused = holdRefusal(action, { state: rows[0].state, holdReason: rows[0].hold_reason });
      if (refused) throw holdRefused(refused);
      await execute(tx, 'UPDATE commission_state SET hold_reason = ? WHERE line_id = ?', [action === 'hold' ? reason : null, idIn(lineId)]);
      const verb = action === 'hold' ? 'line.held' : 'line.released';
      await this.audit.record(tx, {
        actorId: actor.id,
        action: verb,
        entityType: 'commission_line',
        entityId: lineId,
        brandId,
        from: rows[0].state,
        to: rows[0].state,
        reason,
      });
    });
  }
}
