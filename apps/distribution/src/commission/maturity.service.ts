import { Injectable } from '@nestjs/common';
import { Clock, Outbox, idIn, idOut, int, namedId, selectIn, type Tx } from '@concentric/service-kit';
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
   * those of a partner whose account is halted wait for a later day.
   * `run` names the day; lines that fall due while it is under way are booked on their own, none twice. Returns how
   * many partners there were.
   */
  async mature(tx: Tx, brandId: string, until: number, periodId: string, run: string, limit: number): Promise<number> {
    const halted = [...(await this.halts.partners(tx, brandId))].map(idIn);
    const others = halted.length === 0 ? '' : ` AND partner_id NOT IN (${halted.map(() => '?').join(',')})`;
    const found: { partner_id: Buffer }[] = await tx.query(
      `SELECT DISTINCT partner_id FROM commission_state WHERE ${DUE}${others} LIMIT ${limit}`,
      [idIn(brandId), until, ...halted],
    );
    if (found.length === 0) return 0;
    const partners = found.map((row) => row.partner_id).sort(Buffer.compare);
    const sums = await this.sums(tx, brandId, until, partners);
    // A line matures once, so the first of those that mature together names what happens to them.
    const maturityId = namedId(`mature/${run}/${sums.map((sum) => sum.firstLineId).sort()[0]!}`);
    await this.ledger.book(tx, postingsOf(sums, brandId, periodId, maturityId, this.clock.now()));
    const marks = partners.map(() => '?').join(',');
    await tx.query(
      `UPDATE commission_state SET state = 'MATURED', matured_minor = earned_minor - reversed_minor, matured_period = ?, maturity_id = ?
        WHERE ${DUE} AND partner_id IN (${marks})`,
      [periodId, idIn(maturityId), idIn(brandId), until, ...partners],
    );
    await this.out.add(
      tx,
      commissionMatured,
      sums.map(({ firstLineId: _, ...sum }): DataOf<typeof commissionMatured> => ({ brandId, ...sum })),
    );
    return partners.length;
  }

  private async sums(tx: Tx, brandId: string, until: number, partners: readonly Buffer[]): Promise<Due[]> {
    const rows = await selectIn<Record<string, unknown>>(
      tx,
      `SELECT partner_id, role, channel, origin_date, origin_period, currency, SUM(earned_minor - reversed_minor) AS amount, COUNT(*) AS n, MIN(line_id) AS first_line
         FROM commission_state WHERE ${DUE} AND partner_id IN (?in)
        GROUP BY partner_id, role, channel, origin_date, origin_period, currency`,
      partners,
      [idIn(brandId), until],
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
