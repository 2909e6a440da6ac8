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
  namedId,
  partnerScopeSql,
  iso,
  isoOrNull,
  type ListQuery,
  type Operator,
  type SqlFragment,
  type Tx,
} from '@concentric/service-kit';
import type { findingQuery, findingRow } from '@concentric/contracts';
import type { z } from 'zod';
import { findingTransition, type Found } from './finding.rules';

export type FindingRow = z.infer<typeof findingRow>;

const findings = new KeysetList<FindingRow>({
  select: 'SELECT f.*, p.code AS partner_code, p.name FROM finding f LEFT JOIN partner p ON p.partner_id = f.partner_id',
  sorts: { foundAt: { column: 'f.found_at', type: 'int', notNull: true }, code: { column: 'f.code', type: 'text', notNull: true } },
  defaultSort: '-foundAt',
  key: 'f.finding_id',
  row: toRow,
});

@Injectable()
export class FindingRepository {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  list(brandId: string, query: z.output<typeof findingQuery>, operator: Operator) {
    const where: SqlFragment[] = [{ sql: 'f.brand_id = ?', params: [idIn(brandId)] }, partnerScopeSql(operator, 'f.partner_id')];
    if (query.statementId) where.push({ sql: 'f.statement_id = ?', params: [idIn(query.statementId)] });
    if (query.partnerId) where.push({ sql: 'f.partner_id = ?', params: [idIn(query.partnerId)] });
    if (query.period) where.push({ sql: 'f.period_id = ?', params: [query.period] });
    if (query.code) where.push({ sql: 'f.code = ?', params: [query.code] });
    if (query.state) where.push({ sql: 'f.state = ?', params: [query.state] });
    return this.database.read((tx) => findings.page(tx, { query: query as ListQuery, where }));
  }

  async find(tx: Tx, brandId: string, findingId: string): Promise<FindingRow | undefined> {
    const { data } = await findings.page(tx, {
      query: { limit: 1 },
      where: [{ sql: 'f.brand_id = ? AND f.finding_id = ?', params: [idIn(brandId), idIn(findingId)] }],
    });
    return data[0];
  }

  /**
   * Keeps what was found. The id follows from statement and code, and from the account where that is what changed: what is
   * there already stays, with its acceptance, but who accepted one account has not accepted the next.
   */
  async add(tx: Tx, brandId: string, found: readonly Found[]): Promise<void> {
    const rows = found.map(({ statement, code, figures }) => [
      idIn(namedId(`finding/${statement.statementId}/${code}${'payeeId' in figures ? `/${figures.payeeId}` : ''}`)),
      idIn(brandId),
      idIn(statement.statementId),
      idIn(statement.partnerId),
      statement.period,
      statement.currency,
      code,
      JSON.stringify(figures),
      'OPEN',
      this.clock.now(),
    ]);
    rows.sort((a, b) => Buffer.compare(a[0] as Buffer, b[0] as Buffer));
    await insertRows(
      tx,
      'finding',
      ['finding_id', 'brand_id', 'statement_id', 'partner_id', 'period_id', 'currency', 'code', 'figures', 'state', 'found_at'],
      rows,
      'ignore',
    );
  }

  /** Writes to statements how much has been found about them, and how much of it is open: they have been examined. */
  async count(tx: Tx, statementIds: readonly Buffer[]): Promise<void> {
    const of = (more: string) => `(SELECT COUNT(*) FROM finding f WHERE f.statement_id = statement.statement_id${more})`;
    await execute(
      tx,
      `UPDATE statement SET findings = ${of('')}, open_findings = ${of(" AND f.state = 'OPEN'")} WHERE statement_id IN (${statementIds.map(() => '?').join(', ')})`,
      statementIds,
    );
  }

  /** A statement that has become void asks nobody for anything any more: what was open about it is as void. */
  async discard(tx: Tx, statementId: string): Promise<void> {
    await execute(tx, "UPDATE finding SET state = 'VOID' WHERE statement_id = ? AND state = 'OPEN'", [idIn(statementId)]);
    await this.count(tx, [idIn(statementId)]);
  }

  /** False when somebody else has accepted it. */
  async accept(tx: Tx, findingId: string, actorId: string, reason: string): Promise<boolean> {
    const { from, to } = findingTransition;
    const params = [to, idIn(actorId), this.clock.now(), reason, idIn(findingId), from];
    return (
      (await execute(
        tx,
        'UPDATE finding SET state = ?, accepted_by = ?, accepted_at = ?, accepted_reason = ? WHERE finding_id = ? AND state = ?',
        params,
      )) === 1
    );
  }
}

function toRow(raw: Record<string, unknown>): FindingRow {
  return {
    id: idOut(raw.finding_id as Buffer),
    statementId: idOut(raw.statement_id as Buffer),
    period: raw.period_id as string,
    partnerId: idOut(raw.partner_id as Buffer),
    partnerCode: raw.partner_code as string,
    partnerName: raw.name as string,
    currency: raw.currency as string,
    code: raw.code as FindingRow['code'],
    figures: JSON.parse(raw.figures as string) as FindingRow['figures'],
    state: raw.state as FindingRow['state'],
    foundAt: iso(raw.found_at),
    acceptedBy: idOutOrNull(raw.accepted_by as Buffer | null),
    acceptedAt: isoOrNull(raw.accepted_at),
    acceptedReason: raw.accepted_reason as string | null,
  };
}
