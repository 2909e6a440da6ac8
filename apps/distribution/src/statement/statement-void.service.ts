import { Injectable } from '@nestjs/common';
import { Audit, Database, execute, idIn, idOut, idOutOrNull, int, rowLock, type Operator, type Tx } from '@concentric/service-kit';
import { FindingRepository } from '../finding/finding.repository';
import { refuseOwner } from '../partner/partner-owner.repository';
import { BrandProgress } from '../purchase/brand-progress.service';
import { SettlementService } from '../settlement/settlement.service';
import { StatementMoves } from './statement-moves.service';
import { refused, unknownStatement } from './statement.errors';
import { voidRefusal, type VoidAction, type Voidable } from './void.rules';

type Found = Voidable & { period: string; partnerId: string; currency: string; revision: number };

/** Takes back a statement before anybody approved it and builds it anew, as its next revision, by the terms of now. */
@Injectable()
export class StatementVoidService {
  constructor(
    private readonly database: Database,
    private readonly progress: BrandProgress,
    private readonly settlement: SettlementService,
    private readonly moves: StatementMoves,
    private readonly findings: FindingRepository,
    private readonly audit: Audit,
  ) {}

  /** Raises `statement_not_found`, `own_partner`, `wrong_state`, `void_proposed`, `later_statement`. */
  async propose(brandId: string, statementId: string, reason: string, actor: Operator): Promise<void> {
    await this.database.transaction(async (tx) => {
      const statement = await this.allowed(tx, brandId, statementId, 'propose', actor);
      await execute(tx, 'UPDATE statement SET void_proposed_by = ?, void_reason = ?, version = version + 1 WHERE statement_id = ?', [
        idIn(actor.id),
        reason,
        idIn(statementId),
      ]);
      await this.record(tx, 'statement.void_proposed', brandId, statementId, actor.id, statement.state, reason);
    });
  }

  /** Returns the id of the statement that now counts. Raises as above, and `void_not_proposed`, `same_person`. */
  async decide(brandId: string, statementId: string, approve: boolean, reason: string, actor: Operator): Promise<string> {
    return this.database.transaction(async (tx) => {
      const statement = await this.allowed(tx, brandId, statementId, approve ? 'void' : 'keep', actor);
      if (!approve) {
        await execute(
          tx,
          'UPDATE statement SET void_proposed_by = NULL, void_reason = NULL, version = version + 1 WHERE statement_id = ?',
          [idIn(statementId)],
        );
        await this.record(tx, 'statement.void_refused', brandId, statementId, actor.id, statement.state, reason);
        return statementId;
      }
      const set = { sql: 'void_decided_by = ?', params: [idIn(actor.id)] };
      await this.moves.move(tx, brandId, 'void', [statementId], { actorId: actor.id, reason, set });
      await this.findings.discard(tx, statementId);
      return this.settlement.revise(tx, brandId, statement);
    });
  }

  private async allowed(tx: Tx, brandId: string, statementId: string, action: VoidAction, actor: Operator): Promise<Found> {
    // Nobody closes a period, and so nobody begins to build on this statement, until this is through.
    await this.progress.lock(tx, brandId);
    const statement = await this.find(tx, brandId, statementId);
    if (!statement) throw unknownStatement(statementId);
    await refuseOwner(tx, actor, statement.partnerId);
    const why = voidRefusal(action, statement, actor.id);
    if (why) throw refused(why);
    return statement;
  }

  private async find(tx: Tx, brandId: string, statementId: string): Promise<Found | undefined> {
    const rows: Record<string, unknown>[] = await tx.query(
      `SELECT period_id, partner_id, currency, revision, state, void_proposed_by FROM statement WHERE brand_id = ? AND statement_id = ?${rowLock(tx, 'update')}`,
      [idIn(brandId), idIn(statementId)],
    );
    const row = rows[0];
    if (!row) return undefined;
    const later: unknown[] = await tx.query(
      `SELECT period_id FROM statement WHERE partner_id = ? AND period_id > ? AND currency = ? AND state <> 'VOID'
        UNION ALL SELECT period_id FROM settlement_run WHERE brand_id = ? AND period_id > ? AND state = 'RUNNING'`,
      [row.partner_id, row.period_id, row.currency, idIn(brandId), row.period_id],
    );
    return {
      period: row.period_id as string,
      partnerId: idOut(row.partner_id as Buffer),
      currency: row.currency as string,
      revision: int(row.revision),
      state: row.state as string,
      voidProposedBy: idOutOrNull(row.void_proposed_by as Buffer | null),
      followed: later.length > 0,
    };
  }

  private record(
    tx: Tx,
    action: string,
    brandId: string,
    statementId: string,
    actorId: string,
    state: string,
    reason: string,
  ): Promise<void> {
    return this.audit.record(tx, {
      actorId,
      action,
      entityType: 'statement',
      entityId: statementId,
      brandId,
      from: state,
      to: state,
      reason,
    });
  }
}
