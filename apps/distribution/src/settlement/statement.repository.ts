import { Injectable } from '@nestjs/common';
import { Audit, execute, idIn, idOut, insertRows, int, intOrNull, rowLock, selectIn, updateRows, type Tx } from '@concentric/service-kit';
import { ownReason, type PartnerType } from '@concentric/contracts';
import type { Movement, Previous, StatementFigures } from './statement.rules';

/** A statement about to be written. */
export interface NewStatement {
  statementId: string;
  partnerId: string;
  partnerType: PartnerType;
  partnerCode: string;
  currency: string;
  revision: number;
  figures: StatementFigures;
  parkedReason: string | null;
}

/** What a statement that exists was built by. */
export interface BuiltBy {
  revision: number;
  minimumMinor: number;
  /** Null of a parked one: its figures are not settled yet. */
  taxMinor: number | null;
}

const FIGURES = [
  'opening_minor',
  'earned_minor',
  'reversed_minor',
  'adjusted_minor',
  'written_off_minor',
  'withheld_minor',
  'paid_minor',
  'closing_minor',
  'carried_in_minor',
  'net_minor',
  'tax_minor',
  'minimum_minor',
  'outcome',
  'lines',
  'fingerprint',
  'state',
  'parked_reason',
] as const;

const COLUMNS = [
  'statement_id',
  'brand_id',
  'period_id',
  'partner_id',
  'partner_type',
  'partner_code',
  'currency',
  'kind',
  'revision',
  'version',
  ...FIGURES,
] as const;

const LEFT_BEHIND = 'partner_id, currency, closing_minor, net_minor, outcome';

/** Nothing moved yet on the account of the partner whose row it is. */
const still = (row: Record<string, unknown>): Movement => ({
  partnerId: idOut(row.partner_id as Buffer),
  partnerType: row.type as PartnerType,
  partnerCode: row.code as string,
  currency: row.currency as string,
  earnedMinor: 0,
  reversedMinor: 0,
  adjustedMinor: 0,
  writtenOffMinor: 0,
  withheldMinor: 0,
  paidMinor: 0,
  lines: 0,
  lineSumMinor: 0,
  lineCheck: 0,
});

/** By which a partner's movements and statements in one currency are told apart. */
export function partnerKey(row: { partner_id?: unknown; currency?: unknown }): string {
  return `${idOut(row.partner_id as Buffer)}/${row.currency as string}`;
}

/** What statements are built from, and their rows. With `partnerIds`, everything is about those partners only. */
@Injectable()
export class StatementRepository {
  constructor(private readonly audit: Audit) {}

  /** What moved on payable accounts in a period, per partner and currency, beside the lines that matured in it. */
  async movements(tx: Tx, brandId: string, period: string, partnerIds?: readonly string[]): Promise<Map<string, Movement>> {
    const booked = await rowsOf(
      tx,
      (only) => `SELECT a.partner_id, p.type, p.code, a.currency, m.earned, m.reversed, m.adjusted, m.written_off, m.withheld, m.paid
         FROM (SELECT e.account_id, SUM(CASE WHEN e.kind = 'mature' THEN -e.amount_minor ELSE 0 END) AS earned,
                      SUM(CASE WHEN e.kind = 'reverse' THEN e.amount_minor ELSE 0 END) AS reversed,
                      SUM(CASE WHEN e.kind = 'adjust' THEN -e.amount_minor ELSE 0 END) AS adjusted,
                      SUM(CASE WHEN e.kind = 'write-off' THEN e.amount_minor ELSE 0 END) AS written_off,
                      SUM(CASE WHEN e.kind = 'withhold' THEN e.amount_minor ELSE 0 END) AS withheld,
                      SUM(CASE WHEN e.kind IN ('payout', 'bank-failed', 'bank-return') THEN e.amount_minor ELSE 0 END) AS paid
                 FROM ledger_account a JOIN ledger_entry e ON e.account_id = a.account_id AND e.currency = a.currency AND e.period_id = ?
                WHERE a.brand_id = ? AND a.type = 'payable'${only('a.partner_id')} GROUP BY e.account_id) m
         JOIN ledger_account a ON a.account_id = m.account_id JOIN partner p ON p.partner_id = a.partner_id`,
      [period, idIn(brandId)],
      partnerIds,
    );
    const movements = new Map<string, Movement>();
    for (const row of booked) {
      movements.set(partnerKey(row), {
        ...still(row),
        earnedMinor: int(row.earned),
        reversedMinor: int(row.reversed),
        adjustedMinor: int(row.adjusted),
        writtenOffMinor: int(row.written_off),
        withheldMinor: int(row.withheld),
        paidMinor: int(row.paid),
      });
    }
    const lines = await rowsOf(
      tx,
      (only) => `SELECT s.partner_id, p.type, p.code, s.currency, s.n, s.total, s.checks
         FROM (SELECT partner_id, currency, COUNT(*) AS n, SUM(matured_minor) AS total, SUM(line_check) AS checks FROM commission_state
                WHERE brand_id = ? AND matured_period = ?${only('partner_id')} GROUP BY partner_id, currency) s
         JOIN partner p ON p.partner_id = s.partner_id`,
      [idIn(brandId), period],
      partnerIds,
    );
    for (const row of lines) {
      const movement = movements.get(partnerKey(row)) ?? still(row);
      movements.set(partnerKey(row), { ...movement, lines: int(row.n), lineSumMinor: int(row.total), lineCheck: int(row.checks) });
    }
    return movements;
  }

  /**
   * What the statements before `period` of each partner and currency that moved leave behind: the latest, as far as it paid
   * nothing, and those that this one has taken in. A void one leaves nothing. Nearly all are of the period before; only who
   * paused is looked up through the months.
   */
  async previous(
    tx: Tx,
    brandId: string,
    period: string,
    movements: ReadonlyMap<string, Movement>,
    partnerIds?: readonly string[],
  ): Promise<Map<string, Previous>> {
    const previous = new Map<string, Previous>();
    const note = (rows: readonly Record<string, unknown>[]) => {
      for (const row of rows) {
        const key = partnerKey(row);
        if (movements.has(key))
          previous.set(key, { closingMinor: int(row.closing_minor), carriedMinor: row.outcome === 'carry' ? int(row.net_minor) : 0 });
      }
    };
    const runs: { period_id: string | null }[] = await tx.query(
      'SELECT MAX(period_id) AS period_id FROM settlement_run WHERE brand_id = ? AND period_id < ?',
      [idIn(brandId), period],
    );
    const before = runs[0]?.period_id ?? null;
    if (before === null) return previous;
    if (partnerIds === undefined)
      note(
        await tx.query(`SELECT ${LEFT_BEHIND} FROM statement WHERE brand_id = ? AND period_id = ? AND state <> 'VOID'`, [
          idIn(brandId),
          before,
        ]),
      );
    const others = [...movements].filter(([key]) => !previous.has(key)).map(([, movement]) => movement.partnerId);
    // Of one brand like their partners; a condition on it would make SQLite read all statements of the brand.
    const older = await selectIn<Record<string, unknown>>(
      tx,
      `SELECT ${LEFT_BEHIND} FROM statement WHERE partner_id IN (?in) AND period_id < ? AND state <> 'VOID' ORDER BY period_id`,
      [...new Set(others)].sort().map(idIn),
      [],
      [period],
    );
    note(older);
    const takenIn: Record<string, unknown>[] = await tx.query(
      'SELECT partner_id, currency, SUM(net_minor) AS net FROM statement WHERE brand_id = ? AND carried_into = ? GROUP BY partner_id, currency',
      [idIn(brandId), period],
    );
    for (const row of takenIn) {
      const left = previous.get(partnerKey(row));
      if (left) left.carriedMinor += int(row.net);
    }
    return previous;
  }

  /** What the statements of a period that count were built by, per partner and currency. */
  async built(tx: Tx, brandId: string, period: string, partnerIds?: readonly string[]): Promise<Map<string, BuiltBy>> {
    const rows = await rowsOf(
      tx,
      (only) =>
        `SELECT partner_id, currency, revision, minimum_minor, CASE WHEN state <> 'PARKED' THEN tax_minor END AS tax_minor FROM statement WHERE brand_id = ? AND period_id = ? AND state <> 'VOID'${only('partner_id')}`,
      [idIn(brandId), period],
      partnerIds,
    );
    const termsOf = (row: Record<string, unknown>): BuiltBy => ({
      revision: int(row.revision),
      minimumMinor: int(row.minimum_minor),
      taxMinor: intOrNull(row.tax_minor),
    });
    return new Map(rows.map((row) => [partnerKey(row), termsOf(row)]));
  }

  /** Writes statements as drafts (or parked) and records them. Those that exist already stay as they are. */
  async save(tx: Tx, brandId: string, period: string, statements: readonly NewStatement[]): Promise<void> {
    // Of two who build a period one waits here, so that each statement is recorded once.
    await tx.query(`SELECT run_id FROM settlement_run WHERE brand_id = ? AND period_id = ?${rowLock(tx, 'update')}`, [
      idIn(brandId),
      period,
    ]);
    const existing = await selectIn<{ statement_id: Buffer }>(
      tx,
      'SELECT statement_id FROM statement WHERE statement_id IN (?in)',
      statements.map(({ statementId }) => idIn(statementId)),
    );
    const known = new Set(existing.map((row) => idOut(row.statement_id)));
    const built = sorted(statements.filter(({ statementId }) => !known.has(statementId)));
    const rows = built.map((statement) => [
      idIn(statement.statementId),
      idIn(brandId),
      period,
      idIn(statement.partnerId),
      statement.partnerType,
      statement.partnerCode,
      statement.currency,
      'commission',
      statement.revision,
      1,
      ...figureValues(statement),
    ]);
    await insertRows(tx, 'statement', COLUMNS, rows);
    await this.audit.record(
      tx,
      built.map(({ statementId, revision, parkedReason }) => ({
        actorId: 'system',
        action: parkedReason === null ? 'statement.built' : 'statement.parked',
        entityType: 'statement',
        entityId: statementId,
        brandId,
        to: parkedReason === null ? 'DRAFT' : 'PARKED',
        reason: parkedReason ?? (revision > 1 ? ownReason('built_again', { period, revision }) : ownReason('built', { period })),
      })),
    );
  }

  /** Gives parked statements the figures that the books say now. */
  async replace(tx: Tx, statements: readonly NewStatement[]): Promise<void> {
    const rows = sorted(statements).map((statement) => [idIn(statement.statementId), ...figureValues(statement)]);
    await updateRows(tx, 'statement', ['statement_id'], FIGURES, rows);
    for (const [statementId] of rows) await execute(tx, 'UPDATE statement SET version = version + 1 WHERE statement_id = ?', [statementId]);
  }
}

function figureValues({ figures: f, parkedReason }: NewStatement): unknown[] {
  return [
    f.openingMinor,
    f.earnedMinor,
    f.reversedMinor,
    f.adjustedMinor,
    f.writtenOffMinor,
    f.withheldMinor,
    f.paidMinor,
    f.closingMinor,
    f.carriedInMinor,
    f.netMinor,
    f.taxMinor,
    f.minimumMinor,
    f.outcome,
    f.lines,
    f.fingerprint,
    parkedReason === null ? 'DRAFT' : 'PARKED',
    parkedReason,
  ];
}

function sorted(statements: readonly NewStatement[]): NewStatement[] {
  return [...statements].sort((a, b) => (a.statementId < b.statementId ? -1 : 1));
}

/** Rows about all partners, or about some. @param sql gets what writes the condition on them, with the column */
function rowsOf(
  tx: Tx,
  sql: (only: (column: string) => string) => string,
  params: readonly unknown[],
  partnerIds: readonly string[] | undefined,
): Promise<Record<string, unknown>[]> {
  if (partnerIds === undefined)
    return tx.query(
      sql(() => ''),
      [...params],
    );
  return selectIn(
    tx,
    sql((column) => ` AND ${column} IN (?in)`),
    [...new Set(partnerIds)].sort().map(idIn),
    params,
  );
}
