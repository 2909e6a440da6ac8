import { Injectable } from '@nestjs/common';
import { Database, idIn, idOut, int, rowLock, selectIn, type Tx } from '@concentric/service-kit';
import type { FindingThresholds, PartnerType } from '@concentric/contracts';
import { FindingRepository } from './finding.repository';
import { FindingSearch } from './finding-search.repository';

const BATCH = 500;

/** Statements under review about which nobody knows yet how much there is to say. */
const UNEXAMINED = "brand_id = ? AND open_findings IS NULL AND state IN ('DRAFT', 'IN_REVIEW')";

/** Examines statements for the reviewer before they look: those just built, built again, or paid to another account from now on. */
@Injectable()
export class FindingExamination {
  constructor(
    private readonly database: Database,
    private readonly search: FindingSearch,
    private readonly findings: FindingRepository,
  ) {}

  /** Examines up to 500 statements of one period, in one transaction; false when there is nothing to do. */
  async take(brandId: string, thresholds: FindingThresholds): Promise<boolean> {
    if (!(await this.database.read((tx) => this.pending(tx, brandId)))) return false;
    return this.database.transaction(async (tx) => {
      const first: { period_id: string }[] = await tx.query(`SELECT period_id FROM statement WHERE ${UNEXAMINED} LIMIT 1`, [idIn(brandId)]);
      if (!first[0]) return false;
      const period = first[0].period_id;
      // Locked, so that nobody accepts or approves while it is being counted; another replica takes others.
      const locked: { statement_id: Buffer }[] = await tx.query(
        `SELECT statement_id FROM statement WHERE ${UNEXAMINED} AND period_id = ? LIMIT ${BATCH}${rowLock(tx, 'skip-locked')}`,
        [idIn(brandId), period],
      );
      if (locked.length === 0) return false;
      const ids = locked.map((row) => row.statement_id);
      const rows = await selectIn<Record<string, unknown>>(
        tx,
        'SELECT statement_id, partner_id, partner_type, currency, `lines` FROM statement WHERE statement_id IN (?in)',
        ids,
      );
      const examined = rows.map((row) => ({
        statementId: idOut(row.statement_id as Buffer),
        partnerId: idOut(row.partner_id as Buffer),
        partnerType: row.partner_type as PartnerType,
        currency: row.currency as string,
        period,
        lines: int(row.lines),
      }));
      await this.findings.add(tx, brandId, await this.search.of(tx, brandId, period, examined, thresholds));
      await this.findings.count(tx, ids);
      return true;
    });
  }

  /** Is there a statement to be examined? */
  async pending(tx: Tx, brandId: string): Promise<boolean> {
    const rows: unknown[] = await tx.query(`SELECT statement_id FROM statement WHERE ${UNEXAMINED} LIMIT 1`, [idIn(brandId)]);
    return rows.length > 0;
  }
}
