import { Injectable } from '@nestjs/common';
import { BrandDirectory, execute, idIn, idOutOrNull, insertRows, nextPeriod, rowLock, type Tx } from '@concentric/service-kit';

/** The period that takes postings. */
export interface OpenPeriod {
  period: string;
  /** CLOSING still takes postings: the gate is at CLOSED. */
  state: 'OPEN' | 'CLOSING';
  closingStartedBy: string | null;
  overrideReason: string | null;
  /** What that reason was given for: codes of obstacles, and the ids of undecided withholding rules. */
  excused: readonly string[];
}

/** Keeps exactly one accounting period open per brand (inv 28). */
@Injectable()
export class PeriodService {
  constructor(private readonly brands: BrandDirectory) {}

  /**
   * The open period, locked for sharing: closing waits until every posting in flight has committed. A brand without
   * any period opens the one its first posting belongs to (`firstPeriod`).
   */
  async open(tx: Tx, brandId: string, firstPeriod: string): Promise<string> {
    const found = await this.current(tx, brandId, 'share');
    if (found) return found;
    await this.begin(tx, brandId, firstPeriod);
    const begun = await this.current(tx, brandId, 'share');
    if (!begun) throw new Error(`brand ${brandId} has no open period although it has had ${firstPeriod}`);
    return begun;
  }

  /** The open period or undefined when the brand has none yet. */
  async current(tx: Tx, brandId: string, lock: 'share' | 'update' | null): Promise<string | undefined> {
    const suffix = lock === null ? '' : rowLock(tx, lock);
    const rows: { period_id: string }[] = await tx.query(
      `SELECT period_id FROM accounting_period WHERE brand_id = ? AND state IN ('OPEN', 'CLOSING')${suffix}`,
      [idIn(brandId)],
    );
    return rows[0]?.period_id;
  }

  /** The open period with who wants it closed, locked until the transaction ends. */
  async locked(tx: Tx, brandId: string): Promise<OpenPeriod | undefined> {
    const rows: Record<string, unknown>[] = await tx.query(
      `SELECT period_id, state, closing_started_by, override_reason, excused FROM accounting_period WHERE brand_id = ? AND state IN ('OPEN', 'CLOSING')${rowLock(tx, 'update')}`,
      [idIn(brandId)],
    );
    const row = rows[0];
    if (!row) return undefined;
    return {
      period: row.period_id as string,
      state: row.state as OpenPeriod['state'],
      closingStartedBy: idOutOrNull(row.closing_started_by as Buffer | null),
      overrideReason: row.override_reason as string | null,
      excused: excusedOf(row.excused),
    };
  }

  /** Notes that somebody wants the open period closed. It goes on taking postings until it is. */
  async startClosing(
    tx: Tx,
    brandId: string,
    period: string,
    startedBy: string,
    overrideReason: string | null,
    excused: readonly string[],
  ): Promise<void> {
    await execute(
      tx,
      "UPDATE accounting_period SET state = 'CLOSING', closing_started_by = ?, override_reason = ?, excused = ? WHERE brand_id = ? AND period_id = ? AND state = 'OPEN'",
      [idIn(startedBy), overrideReason, excused.join(' '), idIn(brandId), period],
    );
  }

  /** Closes the open period and opens the next in one step, so that there is never a moment without one. The reason of its start stays unless there is another. */
  async roll(
    tx: Tx,
    brandId: string,
    period: string,
    closedAt: number,
    closedBy: string | null,
    overrideReason: string | null,
  ): Promise<void> {
    await tx.query(
      "UPDATE accounting_period SET state = 'CLOSED', closed_at = ?, closed_by = ?, override_reason = COALESCE(?, override_reason) WHERE brand_id = ? AND period_id = ? AND state IN ('OPEN', 'CLOSING')",
      [closedAt, closedBy === null ? null : idIn(closedBy), overrideReason, idIn(brandId), period],
    );
    await this.begin(tx, brandId, nextPeriod(period));
  }

  private async begin(tx: Tx, brandId: string, period: string): Promise<void> {
    const { calendar } = await this.brands.get(tx, brandId);
    await insertRows(
      tx,
      'accounting_period',
      ['brand_id', 'period_id', 'state', 'starts_at', 'ends_at'],
      [[idIn(brandId), period, 'OPEN', calendar.startOfPeriod(period), calendar.endOfPeriod(period)]],
      'ignore',
    );
  }
}

/** Codes and ids as the column `excused` keeps them. */
export function excusedOf(column: unknown): string[] {
  return typeof column === 'string' && column !== '' ? column.split(' ') : [];
}
