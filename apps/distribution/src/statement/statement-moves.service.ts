import { Injectable } from '@nestjs/common';
import { Audit, chunks, execute, idIn, idOut, rowLock, type Tx } from '@concentric/service-kit';
import { transitions, type StatementAction } from './lifecycle.rules';

const CHUNK = 500;

/** Who moves statements, why, and which other columns change with them. */
export interface Move {
  actorId: string;
  reason?: string;
  /** Assignments such as `published_at = ?`. */
  set?: { sql: string; params: readonly unknown[] };
}

/** Moves statements from state to state, many at a time, each with its row in the audit log. */
@Injectable()
export class StatementMoves {
  constructor(private readonly audit: Audit) {}

  /**
   * Moves those of the statements that are where the action begins and returns their ids; whoever else tries at the
   * same time finds them gone from there.
   */
  async move(
    tx: Tx,
    brandId: string,
    action: StatementAction,
    statementIds: readonly string[],
    { actorId, reason, set }: Move,
  ): Promise<string[]> {
    const { from, to, verb } = transitions[action];
    const moved: string[] = [];
    // In one order, so that two who move many at once never wait for each other in a circle (inv 25).
    const ids = [...new Set(statementIds)].sort().map(idIn);
    const states = from.map(() => '?').join(', ');
    for (const chunk of chunks(ids, CHUNK)) {
      const rows: { statement_id: Buffer; state: string }[] = await tx.query(
        `SELECT statement_id, state FROM statement WHERE brand_id = ? AND statement_id IN (${chunk.map(() => '?').join(', ')}) AND state IN (${states}) ORDER BY statement_id${rowLock(tx, 'update')}`,
        [idIn(brandId), ...chunk, ...from],
      );
      if (rows.length === 0) continue;
      const found = rows.map((row) => row.statement_id);
      await execute(
        tx,
        `UPDATE statement SET state = ?, version = version + 1${set ? `, ${set.sql}` : ''} WHERE statement_id IN (${found.map(() => '?').join(', ')}) AND state IN (${states})`,
        [to, ...(set?.params ?? []), ...found, ...from],
      );
      const entries = rows.map(({ statement_id: id, state }) => ({
        actorId,
        action: `statement.${verb}`,
        entityType: 'statement',
        entityId: idOut(id),
        brandId,
        from: state,
        to,
        ...(reason === undefined ? {} : { reason }),
      }));
      await this.audit.record(tx, entries);
      moved.push(...entries.map((entry) => entry.entityId));
    }
    return moved;
  }
}
