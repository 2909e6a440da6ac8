import { Injectable } from '@nestjs/common';
import {
  Database,
  KeysetList,
  idIn,
  idOut,
  idOutOrNull,
  int,
  intOrNull,
  partnerScopeSql,
  isoOrNull,
  type ListQuery,
  type Operator,
  type Page,
  type SqlFragment,
  type Tx,
} from '@concentric/service-kit';
import type { PartnerType, statementList, statementQuery, statementRow } from '@concentric/contracts';
import type { z } from 'zod';
import { seesWholeBrand, shownToSql, withoutInternals } from './published.rules';
import { unknownStatement } from './statement.errors';

export type StatementRow = z.infer<typeof statementRow>;

/** From the left, so that the database always begins with the statements and pages come in the order of an index. */
const FROM = 'FROM statement s LEFT JOIN partner p ON p.partner_id = s.partner_id';

/** Whether its partner is not paid for the time being. */
const IS_BLOCKED = 'EXISTS (SELECT 1 FROM payout_block b WHERE b.partner_id = s.partner_id)';

const statements = new KeysetList<StatementRow>({
  select: `SELECT s.*, p.name, ${IS_BLOCKED} AS is_blocked ${FROM}`,
  sorts: {
    period: { column: 's.period_id', type: 'text', notNull: true },
    partnerCode: { column: 's.partner_code', type: 'text', notNull: true },
    netMinor: { column: 's.net_minor', type: 'int', notNull: true },
    findings: { column: 's.findings', type: 'int' },
  },
  defaultSort: '-period',
  key: 's.statement_id',
  row: toRow,
});

/** Reads statements as an operator may see them: a partner from their publication on, without what is internal. Totals are those of everything the filter matches. */
@Injectable()
export class StatementListRepository {
  constructor(private readonly database: Database) {}

  async list(brandId: string, query: z.output<typeof statementQuery>, operator: Operator): Promise<z.infer<typeof statementList>> {
    const where = conditions(brandId, query, operator);
    return this.database.read(async (tx) => {
      const page = await this.page(tx, query as ListQuery, where, operator);
      const sums: Record<string, unknown>[] = await tx.query(
        `SELECT s.currency, COUNT(*) AS n, SUM(s.opening_minor) AS opening, SUM(s.earned_minor) AS earned, SUM(s.reversed_minor) AS reversed,
                SUM(s.adjusted_minor) AS adjusted, SUM(s.written_off_minor) AS written_off, SUM(s.net_minor) AS net, SUM(CASE WHEN s.state = 'CARRIED' THEN 0 ELSE s.tax_minor END) AS tax, SUM(s.closing_minor) AS closing
           ${FROM} WHERE ${where.map((fragment) => `(${fragment.sql})`).join(' AND ')} GROUP BY s.currency ORDER BY s.currency`,
        where.flatMap((fragment) => fragment.params),
      );
      const totals = sums.map((row) => ({
        currency: row.currency as string,
        statements: int(row.n),
        openingMinor: int(row.opening),
        // What `ck_statement_net` leaves for it: so it needs no column in the index that the sums are read from.
        carriedInMinor: int(row.net) - int(row.earned) + int(row.reversed) - int(row.adjusted) + int(row.written_off),
        earnedMinor: int(row.earned),
        reversedMinor: int(row.reversed),
        adjustedMinor: int(row.adjusted),
        writtenOffMinor: int(row.written_off),
        netMinor: int(row.net),
        taxMinor: int(row.tax),
        closingMinor: int(row.closing),
      }));
      return { ...page, totals };
    });
  }

  async find(brandId: string, statementId: string, operator: Operator): Promise<StatementRow> {
    const where = [
      { sql: 's.brand_id = ? AND s.statement_id = ?', params: [idIn(brandId), idIn(statementId)] },
      partnerScopeSql(operator, 's.partner_id'),
      ...shownToSql(operator, 's.state'),
    ];
    const { data } = await this.database.read((tx) => this.page(tx, { limit: 1 }, where, operator));
    if (!data[0]) throw unknownStatement(statementId);
    return data[0];
  }

  /** Every statement of a brand in the order of period and partner code, page by page, in constant memory. */
  async *all(brandId: string, operator: Operator): AsyncGenerator<StatementRow> {
    const periods: { period_id: string }[] = await this.database.read((tx) =>
      tx.query('SELECT DISTINCT period_id FROM statement WHERE brand_id = ? ORDER BY period_id', [idIn(brandId)]),
    );
    for (const { period_id: period } of periods) {
      let cursor: string | undefined;
      do {
        const page = await this.database.read((tx) =>
          this.page(
            tx,
            { limit: 500, sort: 'partnerCode', ...(cursor ? { cursor } : {}) },
            conditions(brandId, { period }, operator),
            operator,
          ),
        );
        yield* page.data;
        cursor = page.pageInfo.nextCursor ?? undefined;
      } while (cursor);
    }
  }

  private async page(tx: Tx, query: ListQuery, where: readonly SqlFragment[], operator: Operator): Promise<Page<StatementRow>> {
    if (seesWholeBrand(operator)) return statements.page(tx, { query, where });
    const page = await statements.page(tx, { query: { ...query, sort: query.sort?.replace(/^-?findings$/, '-period') }, where });
    return { ...page, data: page.data.map((row) => withoutInternals(row, operator)) };
  }
}

function conditions(brandId: string, query: Partial<z.output<typeof statementQuery>>, operator: Operator): SqlFragment[] {
  const where: SqlFragment[] = [
    { sql: 's.brand_id = ?', params: [idIn(brandId)] },
    partnerScopeSql(operator, 's.partner_id'),
    ...shownToSql(operator, 's.state'),
  ];
  if (query.period) where.push({ sql: 's.period_id = ?', params: [query.period] });
  if (query.partnerId) where.push({ sql: 's.partner_id = ?', params: [idIn(query.partnerId)] });
  // What is void counts nowhere; it is shown to whoever asks for it.
  where.push(query.state ? { sql: 's.state = ?', params: [query.state] } : { sql: "s.state <> 'VOID'", params: [] });
  if (query.type) where.push({ sql: 's.partner_type = ?', params: [query.type] });
  // By the state too, which the totals are read by anyway: what was to be paid may have been carried.
  if (query.outcome)
    where.push({
      sql: query.outcome === 'pay' ? "s.outcome = 'pay' AND s.state <> 'CARRIED'" : "(s.outcome = 'carry' OR s.state = 'CARRIED')",
      params: [],
    });
  // With the states it is about, so that an index leads to them.
  const waits = "s.state = 'CONFIRMED' AND s.waiting_for = ?";
  if (query.waitingFor)
    where.push({
      sql: query.waitingFor === 'partner_blocked' ? `(${waits} OR s.state = 'PAYABLE' AND ${IS_BLOCKED})` : waits,
      params: [query.waitingFor],
    });
  // What was found about statements is for whoever reviews them.
  if (query.exceptional && seesWholeBrand(operator))
    where.push({ sql: query.exceptional === 'true' ? 's.findings > 0' : 's.findings = 0', params: [] });
  return where;
}

function toRow(raw: Record<string, unknown>): StatementRow {
  return {
    id: idOut(raw.statement_id as Buffer),
    period: raw.period_id as string,
    revision: int(raw.revision),
    partnerId: idOut(raw.partner_id as Buffer),
    partnerCode: raw.partner_code as string,
    partnerName: raw.name as string,
    partnerType: raw.partner_type as PartnerType,
    currency: raw.currency as string,
    openingMinor: int(raw.opening_minor),
    earnedMinor: int(raw.earned_minor),
    reversedMinor: int(raw.reversed_minor),
    adjustedMinor: int(raw.adjusted_minor),
    writtenOffMinor: int(raw.written_off_minor),
    withheldMinor: int(raw.withheld_minor),
    paidMinor: int(raw.paid_minor),
    closingMinor: int(raw.closing_minor),
    carriedInMinor: int(raw.carried_in_minor),
    netMinor: int(raw.net_minor),
    // What takes it in withholds for it.
    taxMinor: raw.carried_into === null ? int(raw.tax_minor) : 0,
    outcome: raw.carried_into === null ? (raw.outcome as StatementRow['outcome']) : 'carry',
    carriedInto: raw.carried_into as string | null,
    lines: int(raw.lines),
    fingerprint: raw.fingerprint as string,
    state: raw.state as StatementRow['state'],
    // What was ready to be paid when its partner was blocked stays so, and waits for the block alone.
    waitingFor: raw.state === 'PAYABLE' && int(raw.is_blocked) === 1 ? 'partner_blocked' : (raw.waiting_for as StatementRow['waitingFor']),
    parkedReason: raw.parked_reason as string | null,
    submittedBy: idOutOrNull(raw.submitted_by as Buffer | null),
    approvedBy: idOutOrNull(raw.approved_by as Buffer | null),
    secondApprovedBy: idOutOrNull(raw.second_approved_by as Buffer | null),
    rejectedReason: raw.rejected_reason as string | null,
    publishedAt: isoOrNull(raw.published_at),
    seenAt: isoOrNull(raw.seen_at),
    disputeUntil: isoOrNull(raw.dispute_until),
    confirmedAt: isoOrNull(raw.confirmed_at),
    voidProposedBy: idOutOrNull(raw.void_proposed_by as Buffer | null),
    voidReason: raw.void_reason as string | null,
    findings: intOrNull(raw.findings),
    openFindings: intOrNull(raw.open_findings),
  };
}
