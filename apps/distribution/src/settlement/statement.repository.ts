import { Injectable } from '@nestjs/common';
import { execute, idIn, idOut, insertRows, int, intOrNull, updateRows, type Tx } from '@concentric/service-kit';
import type { PartnerType } from '@concentric/contracts';
import type { Movement, Previous, StatementFigures } from './statement.rules';

/** A statement about to be written. */
export interface NewStatement {
  statementId: string;
  partnerId: string;
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

const COLUMNS = ['statement_id', 'brand_id', 'period_id', 'partner_id', 'currency', 'kind', 'revision', 'version', ...FIGURES] as const;

const NOTHING = {
  earnedMinor: 0,
  reversedMinor: 0,
  adjustedMinor: 0,
  writtenOffMinor: 0,
  withheldMinor: 0,
  paidMinor: 0,
  lines: 0,
  lineSumMinor: 0,
  lineCheck: 0,
};

/** The id of a statement is derived from its unique key, so that building it again gives the same (inv 30). */
export function statementKey(brandId: string, period: string, partnerId: string, currency: string, revision: number): string {
  return `statement/${brandId}/${period}/${partnerId}/${currency}/commission/${revision}`;
}

/** What statements are built from, and their rows. With `partnerId`, everything is about that partner only. */
@Injectable()
export class StatementRepository {
  /** What moved on payable accounts in a period, per partner and currency, beside the lines that matured in it. */
  async movements(tx: Tx, brandId: string, period: string, partnerId?: string): Promise<Map<string, Movement>> {
    const only = partnerId ? ' AND a.partner_id = ?' : '';
    const params = partnerId ? [period, idIn(brandId), idIn(partnerId)] : [period, idIn(brandId)];
    const booked: Record<string, unknown>[] = await tx.query(
      `SELECT a.partner_id, p.type, a.currency, m.earned, m.reversed, m.adjusted, m.written_off, m.withheld, m.paid
         FROM (SELECT e.account_id, SUM(CASE WHEN e.kind = 'mature' THEN -e.amount_minor ELSE 0 END) AS earned,
                      SUM(CASE WHEN e.kind = 'reverse' THEN e.amount_minor ELSE 0 END) AS reversed,
                      SUM(CASE WHEN e.kind = 'adjust' THEN -e.amount_minor ELSE 0 END) AS adjusted,
                      SUM(CASE WHEN e.kind = 'write-off' THEN e.amount_minor ELSE 0 END) AS written_off,
                      SUM(CASE WHEN e.kind = 'withhold' THEN e.amount_minor ELSE 0 END) AS withheld,
                      SUM(CASE WHEN e.kind IN ('payout', 'bank-failed', 'bank-return') THEN e.amount_minor ELSE 0 END) AS paid
                 FROM ledger_account a JOIN ledger_entry e ON e.account_id = a.account_id AND e.period_id = ?
                WHERE a.brand_id = ? AND a.type = 'payable'${only} GROUP BY e.account_id) m
         JOIN ledger_account a ON a.account_id = m.account_id JOIN partner p ON p.partner_id = a.partner_id`,
      params,
    );
    const movements = new Map<string, Movement>();
    for (const row of booked) {
      const id = idOut(row.partner_id as Buffer);
      const currency = row.currency as string;
      movements.set(`${id}/${currency}`, {
        ...NOTHING,
        partnerId: id,
        partnerType: row.type as PartnerType,
        currency,
        earnedMinor: int(row.earned),
        reversedMinor: int(row.reversed),
        adjustedMinor: int(row.adjusted),
        writtenOffMinor: int(row.written_off),
        withheldMinor: int(row.withheld),
        paidMinor: int(row.paid),
      });
    }
    const lines: Record<string, unknown>[] = await tx.query(
      `SELECT s.partner_id, p.type, s.currency, s.n, s.total, s.checks
         FROM (SELECT partner_id, currency, COUNT(*) AS n, SUM(matured_minor) AS total, SUM(line_check) AS checks FROM commission_state
                WHERE brand_id = ? AND matured_period = ?${partnerId ? ' AND partner_id = ?' : ''} GROUP BY partner_id, currency) s
         JOIN partner p ON p.partner_id = s.partner_id`,
      partnerId ? [idIn(brandId), period, idIn(partnerId)] : [idIn(brandId), period],
    );
    for (const row of lines) {
      const id = idOut(row.partner_id as Buffer);
      const currency = row.currency as string;
      const movement = movements.get(`${id}/${currency}`) ?? { ...NOTHING, partnerId: id, partnerType: row.type as PartnerType, currency };
      movements.set(`${id}/${currency}`, { ...movement, lines: int(row.n), lineSumMinor: int(row.total), lineCheck: int(row.checks) });
    }
    return movements;
  }

  /** The latest statement before `period` of every partner, as far as it leaves something behind; a void one leaves nothing. */
  async previous(tx: Tx, brandId: string, period: string, partnerId?: string): Promise<Map<string, Previous>> {
    const rows: Record<string, unknown>[] = await tx.query(
      `SELECT s.partner_id, s.currency, s.closing_minor, s.net_minor, s.outcome FROM statement s
        JOIN (SELECT partner_id, currency, MAX(period_id) AS period_id FROM statement
               WHERE brand_id = ? AND period_id < ? AND state <> 'VOID'${partnerId ? ' AND partner_id = ?' : ''} GROUP BY partner_id, currency) last
          ON last.partner_id = s.partner_id AND last.currency = s.currency AND last.period_id = s.period_id
       WHERE s.brand_id = ? AND s.state <> 'VOID'`,
      partnerId ? [idIn(brandId), period, idIn(partnerId), idIn(brandId)] : [idIn(brandId), period, idIn(brandId)],
    );
    const previous = new Map<string, Previous>();
    for (const row of rows) {
      const id = idOut(row.partner_id as Buffer);
      const currency = row.currency as string;
      previous.set(`${id}/${currency}`, {
        closingMinor: int(row.closing_minor),
        carriedMinor: row.outcome === 'carry' ? int(row.net_minor) : 0,
      });
    }
    return previous;
  }

  /** What the statements of a period that count were built by, per partner and currency. */
  async built(tx: Tx, brandId: string, period: string, partnerId?: string): Promise<Map<string, BuiltBy>> {
    const rows: Record<string, unknown>[] = await tx.query(
      `SELECT partner_id, currency, revision, minimum_minor, CASE WHEN state <> 'PARKED' THEN tax_minor END AS tax_minor FROM statement WHERE brand_id = ? AND period_id = ? AND state <> 'VOID'${partnerId ? ' AND partner_id = ?' : ''}`,
      partnerId ? [idIn(brandId), period, idIn(partnerId)] : [idIn(brandId), period],
    );
    return new Map(
      rows.map((row) => [
        `${idOut(row.partner_id as Buffer)}/${row.currency as string}`,
        { revision: int(row.revision), minimumMinor: int(row.minimum_minor), taxMinor: intOrNull(row.tax_minor) },
      ]),
    );
  }

  /** Writes statements as drafts (or parked). Those that exist already stay as they are. */
  async save(tx: Tx, brandId: string, period: string, statements: readonly NewStatement[]): Promise<void> {
    const rows = sorted(statements).map((statement) => [
      idIn(statement.statementId),
      idIn(brandId),
      period,
      idIn(statement.partnerId),
      statement.currency,
      'commission',
      statement.revision,
      1,
      ...figureValues(statement),
    ]);
    await insertRows(tx, 'statement', COLUMNS, rows, 'ignore');
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
