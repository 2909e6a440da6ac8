import { Injectable } from '@nestjs/common';
import { idIn, idOut, insertRows, int, namedId, type Tx } from '@concentric/service-kit';
import type { Movement, Previous, StatementFigures } from './statement.rules';

/** A statement about to be written. */
export interface NewStatement {
  partnerId: string;
  currency: string;
  figures: StatementFigures;
  parkedReason: string | null;
}

const COLUMNS = [
  'statement_id', 'brand_id', 'period_id', 'partner_id', 'currency', 'kind', 'revision', 'opening_minor', 'earned_minor', 'reversed_minor', 'adjusted_minor', 'withheld_minor', 'paid_minor',
  'closing_minor', 'carried_in_minor', 'net_minor', 'outcome', 'lines', 'fingerprint', 'state', 'parked_reason', 'version',
] as const;

/** The id of a statement is derived from its unique key, so that building it again gives the same (inv 30). */
export function statementKey(brandId: string, period: string, partnerId: string, currency: string): string {
  return `statement/${brandId}/${period}/${partnerId}/${currency}/commission/1`;
}

@Injectable()
export class StatementRepository {
  /**
   * What moved on payable accounts in a period, per partner and currency, beside the lines that matured in it.
   * With `partnerId`, only that partner's.
   */
  async movements(tx: Tx, brandId: string, period: string, partnerId?: string): Promise<Map<string, Movement>> {
    const only = partnerId ? ' AND a.partner_id = ?' : '';
    const params = partnerId ? [period, idIn(brandId), idIn(partnerId)] : [period, idIn(brandId)];
    const booked: Record<string, unknown>[] = await tx.query(
      `SELECT a.partner_id, a.currency, SUM(CASE WHEN e.kind = 'mature' THEN -e.amount_minor ELSE 0 END) AS earned,
              SUM(CASE WHEN e.kind = 'reverse' THEN e.amount_minor ELSE 0 END) AS reversed
         FROM ledger_account a JOIN ledger_entry e ON e.account_id = a.account_id AND e.period_id = ?
        WHERE a.brand_id = ? AND a.type = 'payable'${only} GROUP BY a.partner_id, a.currency`,
      params,
    );
    const movements = new Map<string, Movement>();
    for (const row of booked) {
      const id = idOut(row.partner_id as Buffer);
      const currency = row.currency as string;
      movements.set(`${id}/${currency}`, { partnerId: id, currency, earnedMinor: int(row.earned), reversedMinor: int(row.reversed), lines: 0, lineSumMinor: 0, lineCheck: 0 });
    }
    const lines: Record<string, unknown>[] = await tx.query(
      `SELECT partner_id, currency, COUNT(*) AS n, SUM(matured_minor) AS total, SUM(line_check) AS checks FROM commission_state
        WHERE brand_id = ? AND matured_period = ?${partnerId ? ' AND partner_id = ?' : ''} GROUP BY partner_id, currency`,
      partnerId ? [idIn(brandId), period, idIn(partnerId)] : [idIn(brandId), period],
    );
    for (const row of lines) {
      const id = idOut(row.partner_id as Buffer);
      const key = `${id}/${row.currency as string}`;
      const movement = movements.get(key) ?? { partnerId: id, currency: row.currency as string, earnedMinor: 0, reversedMinor: 0, lines: 0, lineSumMinor: 0, lineCheck: 0 };
      movements.set(key, { ...movement, lines: int(row.n), lineSumMinor: int(row.total), lineCheck: int(row.checks) });
    }
    return movements;
  }

  /** The latest statement before `period` of every partner (or of one), as far as it leaves something behind. */
  async previous(tx: Tx, brandId: string, period: string, partnerId?: string): Promise<Map<string, Previous>> {
    const rows: Record<string, unknown>[] = await tx.query(
      `SELECT s.partner_id, s.currency, s.closing_minor, s.net_minor, s.outcome FROM statement s
        JOIN (SELECT partner_id, currency, MAX(period_id) AS period_id FROM statement
               WHERE brand_id = ? AND period_id < ?${partnerId ? ' AND partner_id = ?' : ''} GROUP BY partner_id, currency) last
          ON last.partner_id = s.partner_id AND last.currency = s.currency AND last.period_id = s.period_id
       WHERE s.brand_id = ?`,
      partnerId ? [idIn(brandId), period, idIn(partnerId), idIn(brandId)] : [idIn(brandId), period, idIn(brandId)],
    );
    const previous = new Map<string, Previous>();
    for (const row of rows) {
      const id = idOut(row.partner_id as Buffer);
      const currency = row.currency as string;
      previous.set(`${id}/${currency}`, { closingMinor: int(row.closing_minor), carriedMinor: row.outcome === 'carry' ? int(row.net_minor) : 0 });
    }
    return previous;
  }

  /** Writes statements as drafts (or parked). Those that exist already stay as they are. */
  async save(tx: Tx, brandId: string, period: string, statements: readonly NewStatement[]): Promise<void> {
    const rows = statements.map(({ partnerId, currency, figures: f, parkedReason }) => [
      idIn(namedId(statementKey(brandId, period, partnerId, currency))), idIn(brandId), period, idIn(partnerId), currency, 'commission', 1, f.openingMinor, f.earnedMinor, f.reversedMinor,
      f.adjustedMinor, f.withheldMinor, f.paidMinor, f.closingMinor, f.carriedInMinor, f.netMinor, f.outcome, f.lines, f.fingerprint, parkedReason === null ? 'DRAFT' : 'PARKED', parkedReason, 1,
    ]);
    rows.sort((a, b) => Buffer.compare(a[0] as Buffer, b[0] as Buffer));
    await insertRows(tx, 'statement', COLUMNS, rows, 'ignore');
  }
}
