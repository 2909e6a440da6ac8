import { Injectable } from '@nestjs/common';
import {
  Clock,
  Database,
  KeysetList,
  execute,
  idIn,
  idInOrNull,
  idOut,
  idOutOrNull,
  insertRows,
  int,
  newId,
  partnerScopeSql,
  rowLock,
  iso,
  isoOrNull,
  type ListQuery,
  type Operator,
  type SqlFragment,
  type Tx,
} from '@concentric/service-kit';
import type { adjustmentKind, adjustmentQuery, adjustmentRow, adjustmentSource } from '@concentric/contracts';
import type { z } from 'zod';
import { accountIdOf } from '../ledger/ledger.repository';
import { adjustmentTransitions, type AdjustmentAction, type Writable } from './adjustment.rules';

export type AdjustmentRow = z.infer<typeof adjustmentRow>;

/** An adjustment that somebody proposes. */
export interface NewAdjustment {
  partnerId: string;
  currency: string;
  kind: z.infer<typeof adjustmentKind>;
  /** `adjust`: positive is owed in addition; `write-off`: what the balance becomes smaller by. */
  amountMinor: number;
  /** Null: the period it is booked in. */
  originPeriod: string | null;
  lineId: string | null;
  statementId: string | null;
  source: z.infer<typeof adjustmentSource>;
  /** What it comes from; null: it stands for itself. Nothing is adjusted twice for the same. */
  sourceId: string | null;
  reason: string;
  proposedBy: string;
}

/** One of a recalculation stands for a total of it: nothing is adjusted twice for the same. Whoever reads it asks for the run. */
export const DOCUMENT = {
  column: 'COALESCE(t.recalculation_id, a.source_id) AS document_id',
  join: 'LEFT JOIN recalculation_total t ON t.total_id = a.source_id',
};

const FROM = `FROM adjustment a LEFT JOIN partner p ON p.partner_id = a.partner_id ${DOCUMENT.join}`;

const adjustments = new KeysetList<AdjustmentRow>({
  select: `SELECT a.*, p.code, p.name, ${DOCUMENT.column} ${FROM}`,
  sorts: {
    proposedAt: { column: 'a.proposed_at', type: 'int', notNull: true },
    amountMinor: { column: 'a.amount_minor', type: 'int', notNull: true },
  },
  defaultSort: '-proposedAt',
  key: 'a.adjustment_id',
  row: toRow,
});

@Injectable()
export class AdjustmentRepository {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** A page of adjustments, as far as the operator may see their partners. */
  list(brandId: string, query: z.output<typeof adjustmentQuery>, operator: Operator) {
    const where: SqlFragment[] = [{ sql: 'a.brand_id = ?', params: [idIn(brandId)] }, partnerScopeSql(operator, 'a.partner_id')];
    if (query.state) where.push({ sql: 'a.state = ?', params: [query.state] });
    if (query.partnerId) where.push({ sql: 'a.partner_id = ?', params: [idIn(query.partnerId)] });
    if (query.kind) where.push({ sql: 'a.kind = ?', params: [query.kind] });
    if (query.source) where.push({ sql: 'a.source = ?', params: [query.source] });
    return this.database.read((tx) => adjustments.page(tx, { query: query as ListQuery, where }));
  }

  /** As it is shown; undefined when the brand has none of this id. */
  async find(tx: Tx, brandId: string, adjustmentId: string): Promise<AdjustmentRow | undefined> {
    const { data } = await adjustments.page(tx, {
      query: { limit: 1 },
      where: [{ sql: 'a.brand_id = ? AND a.adjustment_id = ?', params: [idIn(brandId), idIn(adjustmentId)] }],
    });
    return data[0];
  }

  /** As `find`, locked until the transaction ends: of several who decide at once the others find it decided. */
  async lock(tx: Tx, brandId: string, adjustmentId: string): Promise<AdjustmentRow | undefined> {
    await tx.query(`SELECT adjustment_id FROM adjustment WHERE adjustment_id = ?${rowLock(tx, 'update')}`, [idIn(adjustmentId)]);
    return this.find(tx, brandId, adjustmentId);
  }

  /** Writes a proposal and returns its id. Raises a duplicate-key error when its source has been adjusted already. */
  async add(tx: Tx, brandId: string, proposal: NewAdjustment): Promise<string> {
    const adjustmentId = newId(this.clock);
    await insertRows(
      tx,
      'adjustment',
      [
        'adjustment_id',
        'brand_id',
        'partner_id',
        'currency',
        'kind',
        'amount_minor',
        'origin_period',
        'line_id',
        'statement_id',
        'source',
        'source_id',
        'reason',
        'state',
        'proposed_by',
        'proposed_at',
      ],
      [
        [
          idIn(adjustmentId),
          idIn(brandId),
          idIn(proposal.partnerId),
          proposal.currency,
          proposal.kind,
          proposal.amountMinor,
          proposal.originPeriod,
          idInOrNull(proposal.lineId),
          idInOrNull(proposal.statementId),
          proposal.source,
          idIn(proposal.sourceId ?? adjustmentId),
          proposal.reason,
          'PROPOSED',
          idIn(proposal.proposedBy),
          this.clock.now(),
        ],
      ],
    );
    return adjustmentId;
  }

  /** Decides on a proposal; false when somebody else has. */
  async decide(
    tx: Tx,
    adjustmentId: string,
    action: AdjustmentAction,
    decision: { actorId: string; reason: string; txnId: string | null; period: string | null; originPeriod: string | null },
  ): Promise<boolean> {
    const { from, to } = adjustmentTransitions[action];
    const { actorId, reason, txnId, period, originPeriod } = decision;
    const moved = await execute(
      tx,
      'UPDATE adjustment SET state = ?, decided_by = ?, decided_at = ?, decision_reason = ?, txn_id = ?, period_id = ?, origin_period = ? WHERE adjustment_id = ? AND state = ?',
      [to, idIn(actorId), this.clock.now(), reason, idInOrNull(txnId), period, originPeriod, idIn(adjustmentId), from],
    );
    return moved === 1;
  }

  /**
   * What of a partner's balance is carried for good and has not been written off since, what is left of that after
   * everything else since, and what its payable account stands at, all positive when owed to the partner; `isSettling`: statements are being built that may carry it on. The account is
   * locked until the transaction ends.
   */
  async writable(tx: Tx, brandId: string, partnerId: string, currency: string): Promise<Writable> {
    const account = idIn(accountIdOf(brandId, partnerId, 'payable', currency));
    const balances: { balance_minor: unknown }[] = await tx.query(
      `SELECT balance_minor FROM account_balance WHERE account_id = ?${rowLock(tx, 'update')}`,
      [account],
    );
    const last: { period_id: string; state: string; net_minor: unknown }[] = await tx.query(
      "SELECT period_id, state, net_minor FROM statement WHERE brand_id = ? AND partner_id = ? AND currency = ? AND state <> 'VOID' ORDER BY period_id DESC LIMIT 1",
      [idIn(brandId), idIn(partnerId), currency],
    );
    const payableMinor = balances[0] ? -int(balances[0].balance_minor) : 0;
    if (last[0]?.state !== 'CARRIED') return { carriedMinor: 0, leftMinor: 0, payableMinor, isSettling: false };
    const running: unknown[] = await tx.query(
      "SELECT run_id FROM settlement_run WHERE brand_id = ? AND state = 'RUNNING' AND period_id > ?",
      [idIn(brandId), last[0].period_id],
    );
    const since: { written_off: unknown; moved: unknown }[] = await tx.query(
      "SELECT COALESCE(SUM(CASE WHEN kind = 'write-off' THEN amount_minor END), 0) AS written_off, COALESCE(SUM(amount_minor), 0) AS moved FROM ledger_entry WHERE account_id = ? AND currency = ? AND period_id > ? AND kind IN ('mature', 'reverse', 'adjust', 'write-off')",
      [account, currency, last[0].period_id],
    );
    const netMinor = int(last[0].net_minor);
    return {
      carriedMinor: netMinor - int(since[0]!.written_off),
      leftMinor: netMinor - int(since[0]!.moved),
      payableMinor,
      isSettling: running.length > 0,
    };
  }

  /** Does a line or statement belong to a partner? */
  async belongs(tx: Tx, table: 'commission_line' | 'statement', id: string, partnerId: string): Promise<boolean> {
    const key = table === 'statement' ? 'statement_id' : 'line_id';
    const rows: unknown[] = await tx.query(`SELECT partner_id FROM ${table} WHERE ${key} = ? AND partner_id = ?`, [
      idIn(id),
      idIn(partnerId),
    ]);
    return rows.length > 0;
  }
}

function toRow(raw: Record<string, unknown>): AdjustmentRow {
  return {
    id: idOut(raw.adjustment_id as Buffer),
    partnerId: idOut(raw.partner_id as Buffer),
    partnerCode: raw.code as string,
    partnerName: raw.name as string,
    currency: raw.currency as string,
    kind: raw.kind as AdjustmentRow['kind'],
    amountMinor: int(raw.amount_minor),
    originPeriod: raw.origin_period as string | null,
    lineId: idOutOrNull(raw.line_id as Buffer | null),
    statementId: idOutOrNull(raw.statement_id as Buffer | null),
    source: raw.source as AdjustmentRow['source'],
    sourceId: idOut(raw.document_id as Buffer),
    reason: raw.reason as string,
    state: raw.state as AdjustmentRow['state'],
    proposedBy: idOut(raw.proposed_by as Buffer),
    proposedAt: iso(raw.proposed_at),
    decidedBy: idOutOrNull(raw.decided_by as Buffer | null),
    decidedAt: isoOrNull(raw.decided_at),
    decisionReason: raw.decision_reason as string | null,
    txnId: idOutOrNull(raw.txn_id as Buffer | null),
    period: raw.period_id as string | null,
  };
}
