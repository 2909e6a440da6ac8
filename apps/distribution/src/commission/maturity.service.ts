import { Injectable } from '@nestjs/common';
import { Clock, Outbox, idIn, idOut, int, namedId, selectIn, type SqlFragment, type Tx } from '@concentric/service-kit';
import { commissionMatured, type DataOf } from '@concentric/contracts';
import { AccountHalts } from '../control/account-halt.repository';
import { LedgerRepository } from '../ledger/ledger.repository';
import { maturity, type Posting } from '../ledger/posting.rules';

/** What one partner's due lines add up to, per role, channel and origin date. */
interface DueSum {
  partnerId: string;
  role: string;
  channel: string;
  originDate: string;
  originPeriod: string;
  currency: string;
  amountMinor: number;
  lines: number;
}

type Due = DueSum & { firstLineId: string };

/** A brand's lines whose holding period ended before a moment, and that nobody keeps back. */
const DUE =
  "brand_id = ? AND state = 'ACCRUED' AND mature_at < ? AND NOT EXISTS (SELECT 1 FROM line_hold h WHERE h.line_id = commission_state.line_id)";

/** Releases commission whose holding period has passed: pending becomes payable in the open period. */
@Injectable()
export class MaturityService {
  constructor(
    private readonly ledger: LedgerRepository,
    private readonly halts: AccountHalts,
    private readonly out: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * Matures the due lines (matureAt before `until`, epoch ms, and not on hold) of up to `limit` partners in one transaction;
   * those of a partner whose account is halted, and of an order with a refund that is held, wait for a later day.
   * `run` names the day; lines that fall due while it is under way are booked on their own, none twice. Returns how
   * many partners there were.
   */
  async mature(tx: Tx, brandId: string, until: number, periodId: string, run: string, limit: number): Promise<number> {
    const halted = exceptIn('partner_id', [...(await this.halts.partners(tx, brandId))].map(idIn));
    const kept = exceptIn('line_id', await this.refundsOpen(tx, brandId));
    const due = { sql: `${DUE}${kept.sql}`, params: [idIn(brandId), until, ...kept.params] };
    const found: { partner_id: Buffer }[] = await tx.query(
      `SELECT DISTINCT partner_id FROM commission_state WHERE ${due.sql}${halted.sql} LIMIT ${limit}`,
      [...due.params, ...halted.params],
    );
    if (found.length === 0) return 0;
    const partners = found.map((row) => row.partner_id).sort(Buffer.compare);
    const sums = await this.sums(tx, due, partners);
    // A line matures once, so the first of those that mature together names what happens to them.
    const maturityId = namedId(`mature/${run}/${sums.map((sum) => sum.firstLineId).sort()[0]!}`);
    await this.ledger.book(tx, postingsOf(sums, brandId, periodId, maturityId, this.clock.now()));
    const marks = partners.map(() => '?').join(',');
    await tx.query(
      `UPDATE commission_state SET state = 'MATURED', matured_minor = earned_minor - reversed_minor, matured_period = ?, maturity_id = ?
        WHERE ${due.sql} AND partner_id IN (${marks})`,
      [periodId, idIn(maturityId), ...due.params, ...partners],
    );
    await this.out.add(
      tx,
      commissionMatured,
      sums.map(({ firstLineId: _, ...sum }): DataOf<typeof commissionMatured> => ({ brandId, ...sum })),
    );
    return partners.length;
  }

  /** Lines of orders of which a refund is held: nobody knows yet what is left of them. */
  private async refundsOpen(tx: Tx, brandId: string): Promise<Buffer[]> {
    const rows: { line_id: Buffer }[] = await tx.query(
      "SELECT c.line_id FROM refund r JOIN commission_line c ON c.order_id = r.order_id AND c.kind = 'EARN' WHERE r.brand_id = ? AND r.state = 'HELD'",
      [idIn(brandId)],
    );
    return rows.map((row) => row.line_id);
  }

  private async sums(tx: Tx, due: SqlFragment, partners: readonly Buffer[]): Promise<Due[]> {
    const rows = await selectIn<Record<string, unknown>>(
      tx,
      `SELECT partner_id, role, channel, origin_date, origin_period, currency, SUM(earned_minor - reversed_minor) AS amount, COUNT(*) AS n, MIN(line_id) AS first_line
         FROM commission_state WHERE ${due.sql} AND partner_id IN (?in)
        GROUP BY partner_id, role, channel, origin_date, origin_period, currency`,
      partners,
      due.params,
    );
    return rows.map((row) => ({
      partnerId: idOut(row.partner_id as Buffer),
      role: row.role as string,
      channel: row.channel as string,
      originDate: row.origin_date as string,
      originPeriod: row.origin_period as string,
      currency: row.currency as string,
      amountMinor: int(row.amount),
      lines: int(row.n),
      firstLineId: idOut(row.first_line as Buffer),
    }));
  }
}

/** Leaves these out; nothing where there are none. */
function exceptIn(column: string, ids: readonly Buffer[]): SqlFragment {
  return ids.length === 0 ? { sql: '', params: [] } : { sql: ` AND ${column} NOT IN (${ids.map(() => '?').join(',')})`, params: [...ids] };
}

/** Name of the posting by which lines of one partner and currency matured together. */
export function maturityIdem(maturityId: string, partnerId: string, currency: string): string {
  return `mature/${maturityId}/${partnerId}/${currency}`;
}

/** One posting per partner and currency. */
function postingsOf(sums: readonly Due[], brandId: string, periodId: string, maturityId: string, effectiveAt: number): Posting[] {
  const grouped = new Map<string, { partnerId: string; currency: string; byOrigin: Map<string, number> }>();
  for (const { partnerId, currency, originPeriod, amountMinor } of sums) {
    const key = `${partnerId}/${currency}`;
    const group = grouped.get(key) ?? { partnerId, currency, byOrigin: new Map<string, number>() };
    group.byOrigin.set(originPeriod, (group.byOrigin.get(originPeriod) ?? 0) + amountMinor);
    grouped.set(key, group);
  }
  return [...grouped.keys()].sort().flatMap((key) => {
    const { partnerId, currency, byOrigin } = grouped.get(key)!;
    const origins = [...byOrigin.entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([originPeriod, amountMinor]) => ({ originPeriod, amountMinor }));
    const entries = maturity(partnerId, origins);
    return entries
      ? [
          {
            idem: maturityIdem(maturityId, partnerId, currency),
            kind: 'mature' as const,
            brandId,
            currency,
            periodId,
            refId: partnerId,
            effectiveAt,
            entries,
          },
        ]
      : [];
  });
}
