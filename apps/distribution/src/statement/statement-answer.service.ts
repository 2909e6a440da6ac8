import { ownReason } from '@concentric/contracts';
import { Injectable } from '@nestjs/common';
import { Audit, Clock, Database, execute, idIn, idOut, intOrNull, partnerScopeSql, type Operator, type Tx } from '@concentric/service-kit';
import { isShownTo, type StatementState } from './published.rules';
import { StatementMoves } from './statement-moves.service';
import { notYourStatement, unknownStatement, wrongStatementState } from './statement.errors';

/** A published statement and whose it is. */
export interface OwnStatement {
  statementId: string;
  partnerId: string;
  currency: string;
  period: string;
  state: string;
  /** Published, and the time to dispute it is over. */
  windowOver: boolean;
}

/** A partner's answer to its own statement. */
@Injectable()
export class StatementAnswerService {
  constructor(
    private readonly database: Database,
    private readonly moves: StatementMoves,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** The partner agrees: what is to be paid need not wait for the end of the window. */
  async confirm(brandId: string, statementId: string, operator: Operator): Promise<void> {
    await this.database.transaction(async (tx) => {
      const { state } = await this.own(tx, brandId, statementId, operator);
      const moved = await this.moves.move(tx, brandId, 'confirm', [statementId], {
        actorId: operator.id,
        reason: ownReason('partner_agrees'),
        set: this.confirmedNow(),
      });
      if (moved.length === 0) throw wrongStatementState(state, 'confirmed');
    });
  }

  /** Notes that the partner has looked at it, the first time. */
  async see(brandId: string, statementId: string, operator: Operator): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.own(tx, brandId, statementId, operator);
      const first = await execute(tx, 'UPDATE statement SET seen_at = ? WHERE statement_id = ? AND seen_at IS NULL', [
        this.clock.now(),
        idIn(statementId),
      ]);
      if (first > 0)
        await this.audit.record(tx, {
          actorId: operator.id,
          action: 'statement.seen',
          entityType: 'statement',
          entityId: statementId,
          brandId,
        });
    });
  }

  /** The statement, when it is made out to the operator's own partner; neither a colleague above nor the brand answers for it, and others do not learn of it. */
  async own(tx: Tx, brandId: string, statementId: string, operator: Operator): Promise<OwnStatement> {
    const scope = partnerScopeSql(operator, 'partner_id');
    const rows: Record<string, unknown>[] = await tx.query(
      `SELECT partner_id, currency, period_id, state, dispute_until FROM statement WHERE brand_id = ? AND statement_id = ? AND ${scope.sql}`,
      [idIn(brandId), idIn(statementId), ...scope.params],
    );
    const row = rows[0];
    const state = row?.state as StatementState;
    if (!row || !isShownTo(operator, state)) throw unknownStatement(statementId);
    const partnerId = idOut(row.partner_id as Buffer);
    if (operator.scope.kind !== 'partner' || operator.scope.partnerId !== partnerId) throw notYourStatement();
    const until = intOrNull(row.dispute_until);
    return {
      statementId,
      partnerId,
      currency: row.currency as string,
      period: row.period_id as string,
      state,
      windowOver: state === 'PUBLISHED' && until !== null && until <= this.clock.now(),
    };
  }

  /** What changes with a statement that becomes confirmed. */
  confirmedNow(): { sql: string; params: readonly unknown[] } {
    return { sql: 'confirmed_at = ?', params: [this.clock.now()] };
  }
}
