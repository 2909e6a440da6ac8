import { Injectable } from '@nestjs/common';
import {
  Clock,
  Database,
  KeysetList,
  execute,
  idIn,
  idOut,
  idOutOrNull,
  insertRows,
  intOrNull,
  newId,
  partnerScopeSql,
  rowLock,
  selectIn,
  iso,
  isoOrNull,
  type ListQuery,
  type Operator,
  type SqlFragment,
  type Tx,
} from '@concentric/service-kit';
import type { disputeInput, disputeProposal, disputeQuery, disputeRow } from '@concentric/contracts';
import type { z } from 'zod';
import { seesWholeBrand } from './published.rules';
import type { OwnStatement } from './statement-answer.service';

export type DisputeRow = z.infer<typeof disputeRow>;
type Input = z.infer<typeof disputeInput>;

const disputes = new KeysetList<DisputeRow>({
  select: `SELECT d.*, s.period_id, s.currency, p.code, p.name
             FROM dispute d LEFT JOIN statement s ON s.statement_id = d.statement_id LEFT JOIN partner p ON p.partner_id = d.partner_id`,
  sorts: { openedAt: { column: 'd.opened_at', type: 'int', notNull: true } },
  defaultSort: '-openedAt',
  key: 'd.dispute_id',
  row: toRow,
});

@Injectable()
export class DisputeRepository {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  list(brandId: string, query: z.output<typeof disputeQuery>, operator: Operator) {
    const where: SqlFragment[] = [{ sql: 'd.brand_id = ?', params: [idIn(brandId)] }, partnerScopeSql(operator, 'd.partner_id')];
    if (query.state) where.push({ sql: 'd.state = ?', params: [query.state] });
    if (query.statementId) where.push({ sql: 'd.statement_id = ?', params: [idIn(query.statementId)] });
    if (query.partnerId) where.push({ sql: 'd.partner_id = ?', params: [idIn(query.partnerId)] });
    return this.database.read(async (tx) => {
      const page = await disputes.page(tx, { query: query as ListQuery, where });
      return seesWholeBrand(operator) ? page : { ...page, data: page.data.map(toPartner) };
    });
  }

  async find(tx: Tx, brandId: string, disputeId: string): Promise<DisputeRow | undefined> {
    const { data } = await disputes.page(tx, {
      query: { limit: 1 },
      where: [{ sql: 'd.brand_id = ? AND d.dispute_id = ?', params: [idIn(brandId), idIn(disputeId)] }],
    });
    return data[0];
  }

  /** As `find`, locked until the transaction ends: what is decided on is what was read. */
  async lock(tx: Tx, brandId: string, disputeId: string): Promise<DisputeRow | undefined> {
    await tx.query(`SELECT dispute_id FROM dispute WHERE dispute_id = ?${rowLock(tx, 'update')}`, [idIn(disputeId)]);
    return this.find(tx, brandId, disputeId);
  }

  /** What of that a statement shows: lines matured in its period or taken back from payable in it, and what was booked in it by documents. */
  async shownOn(tx: Tx, { partnerId, period, currency }: OwnStatement, items: Input['items']): Promise<Set<string>> {
    const lines = await selectIn<{ id: Buffer }>(
      tx,
      `SELECT c.line_id AS id FROM commission_line c LEFT JOIN commission_state s ON s.line_id = COALESCE(c.reverses_id, c.line_id)
        WHERE c.line_id IN (?in) AND c.partner_id = ? AND c.currency = ? AND ((c.against = 'pending' AND s.matured_period = ?) OR (c.against = 'payable' AND c.period_id = ?))`,
      items.flatMap(({ lineId }) => (lineId ? [idIn(lineId)] : [])),
      [],
      [idIn(partnerId), currency, period, period],
    );
    const documents = await selectIn<{ id: Buffer }>(
      tx,
      "SELECT adjustment_id AS id FROM adjustment WHERE adjustment_id IN (?in) AND partner_id = ? AND currency = ? AND period_id = ? AND state = 'BOOKED'",
      items.flatMap(({ adjustmentId }) => (adjustmentId ? [idIn(adjustmentId)] : [])),
      [],
      [idIn(partnerId), currency, period],
    );
    return new Set([...lines, ...documents].map(({ id }) => idOut(id)));
  }

  /** The line that earned: of a reversal the one it takes back, where everything about a share is explained. */
  async earnedLine(tx: Tx, lineId: string): Promise<string> {
    const rows: { id: Buffer }[] = await tx.query('SELECT COALESCE(reverses_id, line_id) AS id FROM commission_line WHERE line_id = ?', [
      idIn(lineId),
    ]);
    return idOut(rows[0]!.id);
  }

  async open(
    tx: Tx,
    brandId: string,
    { statementId, partnerId }: OwnStatement,
    { items, reason }: Input,
    actorId: string,
  ): Promise<string> {
    const disputeId = newId(this.clock);
    await insertRows(
      tx,
      'dispute',
      ['dispute_id', 'brand_id', 'statement_id', 'partner_id', 'state', 'items', 'reason', 'opened_by', 'opened_at'],
      [
        [
          idIn(disputeId),
          idIn(brandId),
          idIn(statementId),
          idIn(partnerId),
          'OPEN',
          JSON.stringify(items),
          reason,
          idIn(actorId),
          this.clock.now(),
        ],
      ],
    );
    return disputeId;
  }

  /** False when somebody else was faster; so for the two below. */
  async propose(
    tx: Tx,
    disputeId: string,
    { resolution, amountMinor, reason }: z.infer<typeof disputeProposal>,
    actorId: string,
  ): Promise<boolean> {
    const set =
      "UPDATE dispute SET state = 'PROPOSED', resolution = ?, amount_minor = ?, proposed_by = ?, proposal_reason = ?, decision_reason = NULL WHERE dispute_id = ? AND state = 'OPEN'";
    return (await execute(tx, set, [resolution, amountMinor ?? null, idIn(actorId), reason, idIn(disputeId)])) === 1;
  }

  async resolve(tx: Tx, disputeId: string, reason: string, actorId: string): Promise<boolean> {
    const set =
      "UPDATE dispute SET state = 'RESOLVED', decided_by = ?, decision_reason = ?, decided_at = ? WHERE dispute_id = ? AND state = 'PROPOSED'";
    return (await execute(tx, set, [idIn(actorId), reason, this.clock.now(), idIn(disputeId)])) === 1;
  }

  async reopen(tx: Tx, disputeId: string, reason: string): Promise<boolean> {
    const set =
      "UPDATE dispute SET state = 'OPEN', resolution = NULL, amount_minor = NULL, proposed_by = NULL, proposal_reason = NULL, decision_reason = ? WHERE dispute_id = ? AND state = 'PROPOSED'";
    return (await execute(tx, set, [reason, idIn(disputeId)])) === 1;
  }

  async note(tx: Tx, disputeId: string, adjustmentId: string): Promise<void> {
    await execute(tx, 'UPDATE dispute SET adjustment_id = ? WHERE dispute_id = ?', [idIn(adjustmentId), idIn(disputeId)]);
  }
}

/** A partner learns the decision and its reason, not what was proposed on the way there nor by whom. */
function toPartner(row: DisputeRow): DisputeRow {
  const named = { ...row, proposedBy: null, proposalReason: null, decidedBy: null };
  if (row.state === 'RESOLVED') return named;
  return { ...named, resolution: null, amountMinor: null, decisionReason: null };
}

function toRow(raw: Record<string, unknown>): DisputeRow {
  return {
    id: idOut(raw.dispute_id as Buffer),
    statementId: idOut(raw.statement_id as Buffer),
    period: raw.period_id as string,
    partnerId: idOut(raw.partner_id as Buffer),
    partnerCode: raw.code as string,
    partnerName: raw.name as string,
    currency: raw.currency as string,
    state: raw.state as DisputeRow['state'],
    items: JSON.parse(raw.items as string) as DisputeRow['items'],
    reason: raw.reason as string,
    openedBy: idOut(raw.opened_by as Buffer),
    openedAt: iso(raw.opened_at),
    resolution: raw.resolution as DisputeRow['resolution'],
    amountMinor: intOrNull(raw.amount_minor),
    proposedBy: idOutOrNull(raw.proposed_by as Buffer | null),
    proposalReason: raw.proposal_reason as string | null,
    decidedBy: idOutOrNull(raw.decided_by as Buffer | null),
    decisionReason: raw.decision_reason as string | null,
    decidedAt: isoOrNull(raw.decided_at),
    adjustmentId: idOutOrNull(raw.adjustment_id as Buffer | null),
  };
}
