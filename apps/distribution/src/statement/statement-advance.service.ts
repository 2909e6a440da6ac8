import { Injectable } from '@nestjs/common';
import { Audit, Clock, Database, execute, idIn, idOut, rowLock, selectIn, type SqlFragment, type Tx } from '@concentric/service-kit';
import { type DistributionSettings, ownReason, type StatementWait } from '@concentric/contracts';
import { PayeeRepository } from '../payee/payee.repository';
import { PayoutBlockRepository } from './payout-block.repository';
import { StatementMoves } from './statement-moves.service';

const BATCH = 500;
const DAY_MS = 86_400_000;
const SYSTEM = 'system';

interface Confirmed {
  statementId: string;
  partnerId: string;
  currency: string;
  outcome: 'pay' | 'carry';
}

/**
 * What happens to statements by itself: an approved one is published, a published one is confirmed when its window has
 * passed, and a confirmed one is carried or becomes payable. One that cannot become payable waits, and says for what.
 */
@Injectable()
export class StatementAdvance {
  constructor(
    private readonly database: Database,
    private readonly moves: StatementMoves,
    private readonly payees: PayeeRepository,
    private readonly blocks: PayoutBlockRepository,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Takes up to 500 statements a step further, in one transaction; false when there is nothing to do. */
  async take(brandId: string, { disputeWindowDays }: DistributionSettings): Promise<boolean> {
    if (!(await this.database.read((tx) => this.pending(tx, brandId)))) return false;
    return this.database.transaction(async (tx) => {
      const now = this.clock.now();
      const [approved, over, confirmed] = this.due();
      const published = await this.locked(tx, brandId, approved!);
      if (published.length > 0) {
        const set = { sql: 'published_at = ?, dispute_until = ?', params: [now, now + disputeWindowDays * DAY_MS] };
        return (
          (await this.moves.move(tx, brandId, 'publish', published.map(idOut), { actorId: SYSTEM, reason: ownReason('approved'), set }))
            .length > 0
        );
      }
      const agreed = await this.locked(tx, brandId, over!);
      if (agreed.length > 0) {
        const set = { sql: 'confirmed_at = ?', params: [now] };
        return (
          (
            await this.moves.move(tx, brandId, 'confirm', agreed.map(idOut), {
              actorId: SYSTEM,
              reason: ownReason('window_over'),
              set,
            })
          ).length > 0
        );
      }
      return this.sort(tx, brandId, await this.locked(tx, brandId, confirmed!));
    });
  }

  /** Is there anything that a step would do now? */
  async pending(tx: Tx, brandId: string): Promise<boolean> {
    for (const { sql, params } of this.due()) {
      const found: unknown[] = await tx.query(`SELECT statement_id FROM statement WHERE brand_id = ? AND ${sql} LIMIT 1`, [
        idIn(brandId),
        ...params,
      ]);
      if (found.length > 0) return true;
    }
    return false;
  }

  /**
   * Has the statements of a partner looked at again, after payee details were approved, a block was lifted or its person was named: those under
   * review are examined anew and lose a first approval, which knew nothing of it; those confirmed may be payable now. Those about to be confirmed are locked as well, so that
   * none is looked at between this change and its commit.
   */
  async reconsider(tx: Tx, brandId: string, partnerId: string, { actorId, reason }: { actorId: string; reason: string }): Promise<void> {
    const partner = [idIn(partnerId), idIn(brandId)];
    const approved: { statement_id: Buffer }[] = await tx.query(
      `SELECT statement_id FROM statement WHERE partner_id = ? AND brand_id = ? AND state = 'IN_REVIEW' AND approved_by IS NOT NULL ORDER BY statement_id${rowLock(tx, 'update')}`,
      partner,
    );
    await this.audit.record(
      tx,
      approved.map((row) => ({
        actorId,
        action: 'statement.approval-withdrawn',
        entityType: 'statement',
        entityId: idOut(row.statement_id),
        brandId,
        from: 'IN_REVIEW',
        to: 'IN_REVIEW',
        reason,
      })),
    );
    await execute(
      tx,
      "UPDATE statement SET open_findings = NULL, approved_by = NULL, version = version + 1 WHERE partner_id = ? AND brand_id = ? AND state IN ('DRAFT', 'IN_REVIEW')",
      partner,
    );
    await execute(
      tx,
      "UPDATE statement SET waiting_for = NULL WHERE partner_id = ? AND brand_id = ? AND state IN ('PUBLISHED', 'DISPUTED', 'CONFIRMED')",
      partner,
    );
  }

  private due(): SqlFragment[] {
    return [
      { sql: "state = 'APPROVED'", params: [] },
      { sql: "state = 'PUBLISHED' AND waiting_for IS NULL AND dispute_until <= ?", params: [this.clock.now()] },
      { sql: "state = 'CONFIRMED' AND waiting_for IS NULL", params: [] },
    ];
  }

  /** Another replica takes others. */
  private async locked(tx: Tx, brandId: string, { sql, params }: SqlFragment): Promise<Buffer[]> {
    const rows: { statement_id: Buffer }[] = await tx.query(
      `SELECT statement_id FROM statement WHERE brand_id = ? AND ${sql} LIMIT ${BATCH}${rowLock(tx, 'skip-locked')}`,
      [idIn(brandId), ...params],
    );
    return rows.map((row) => row.statement_id);
  }

  private async sort(tx: Tx, brandId: string, ids: readonly Buffer[]): Promise<boolean> {
    const rows = await selectIn<Record<string, unknown>>(
      tx,
      'SELECT statement_id, partner_id, currency, outcome FROM statement WHERE statement_id IN (?in)',
      ids,
    );
    const confirmed = rows.map((row): Confirmed => ({
      statementId: idOut(row.statement_id as Buffer),
      partnerId: idOut(row.partner_id as Buffer),
      currency: row.currency as string,
      outcome: row.outcome as Confirmed['outcome'],
    }));
    const carried = confirmed.filter((statement) => statement.outcome === 'carry');
    const toPay = confirmed.filter((statement) => statement.outcome === 'pay');
    await this.moves.move(
      tx,
      brandId,
      'carry',
      carried.map((statement) => statement.statementId),
      { actorId: SYSTEM, reason: ownReason('pays_nothing') },
    );
    const waits = await this.waits(tx, toPay);
    await this.moves.move(
      tx,
      brandId,
      'release',
      toPay.filter((one) => !waits.has(one)).map((one) => one.statementId),
      { actorId: SYSTEM, reason: ownReason('payable') },
    );
    for (const reason of ['payee', 'partner_blocked'] as const) {
      const waiting = toPay.filter((one) => waits.get(one) === reason).map((one) => idIn(one.statementId));
      if (waiting.length === 0) continue;
      await execute(tx, `UPDATE statement SET waiting_for = ? WHERE statement_id IN (${waiting.map(() => '?').join(', ')})`, [
        reason,
        ...waiting,
      ]);
    }
    return confirmed.length > 0;
  }

  private async waits(tx: Tx, statements: readonly Confirmed[]): Promise<Map<Confirmed, StatementWait>> {
    const waits = new Map<Confirmed, StatementWait>();
    const blocked = await this.blocks.blocked(
      tx,
      statements.map((statement) => statement.partnerId),
    );
    for (const currency of new Set(statements.map((statement) => statement.currency))) {
      const own = statements.filter((statement) => statement.currency === currency);
      const payees = await this.payees.approved(
        tx,
        own.map((statement) => statement.partnerId),
        currency,
      );
      for (const statement of own) {
        if (blocked.has(statement.partnerId)) waits.set(statement, 'partner_blocked');
        else if (!payees.has(statement.partnerId)) waits.set(statement, 'payee');
      }
    }
    return waits;
  }
}
