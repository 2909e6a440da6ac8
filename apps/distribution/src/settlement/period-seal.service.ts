import { ownReason } from '@concentric/contracts';
import { Injectable } from '@nestjs/common';
import { Audit, Database, execute, idIn, idOut, type Tx } from '@concentric/service-kit';
import { createHash } from 'node:crypto';
import { periodTransitions } from './period.rules';

const PAGE = 5_000;

/** Seals a closed period once every statement of it is approved or void: from then on its figures have one name. */
@Injectable()
export class PeriodSeal {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  /** Seals the oldest period that can be; false when there is none. */
  async take(brandId: string): Promise<boolean> {
    const period = await this.database.read((tx) => this.due(tx, brandId));
    if (period === undefined) return false;
    await this.database.transaction(async (tx) => {
      const seal = await this.fingerprint(tx, brandId, period);
      const { from, to } = periodTransitions.seal;
      const sealed = await execute(
        tx,
        'UPDATE accounting_period SET state = ?, seal = ? WHERE brand_id = ? AND period_id = ? AND state = ?',
        [to, seal, idIn(brandId), period, from],
      );
      if (sealed === 0) return;
      await this.audit.record(tx, {
        actorId: 'system',
        action: 'period.sealed',
        brandId,
        entityType: 'accounting_period',
        entityId: `${brandId}/${period}`,
        from,
        to,
        reason: ownReason('period_decided'),
        after: { seal },
      });
    });
    return true;
  }

  /** The oldest closed period of which all statements have been built and decided on. */
  async due(tx: Tx, brandId: string): Promise<string | undefined> {
    const rows: { period_id: string }[] = await tx.query(
      `SELECT a.period_id FROM accounting_period a JOIN settlement_run r ON r.brand_id = a.brand_id AND r.period_id = a.period_id AND r.state = 'DONE'
        WHERE a.brand_id = ? AND a.state = 'CLOSED'
          AND NOT EXISTS (SELECT s.statement_id FROM statement s WHERE s.brand_id = a.brand_id AND s.state IN ('PARKED', 'DRAFT', 'IN_REVIEW') AND s.period_id = a.period_id)
        ORDER BY a.period_id LIMIT 1`,
      [idIn(brandId)],
    );
    return rows[0]?.period_id;
  }

  /** Over ids and fingerprints of all statements of a period, the void ones too, in the order of their ids. */
  private async fingerprint(tx: Tx, brandId: string, period: string): Promise<string> {
    const hash = createHash('sha256');
    let after: Buffer = Buffer.alloc(0);
    for (;;) {
      const rows: { statement_id: Buffer; fingerprint: string }[] = await tx.query(
        `SELECT statement_id, fingerprint FROM statement WHERE brand_id = ? AND period_id = ? AND statement_id > ? ORDER BY statement_id LIMIT ${PAGE}`,
        [idIn(brandId), period, after],
      );
      for (const row of rows) hash.update(`${idOut(row.statement_id)}|${row.fingerprint}\n`);
      if (rows.length < PAGE) return hash.digest('hex');
      after = rows[rows.length - 1]!.statement_id;
    }
  }
}
