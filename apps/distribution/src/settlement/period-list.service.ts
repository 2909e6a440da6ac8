import { Injectable } from '@nestjs/common';
import { BrandDirectory, Database, idIn, idOutOrNull, int, iso, isoOrNull } from '@concentric/service-kit';
import type { periodList, periodState } from '@concentric/contracts';
import type { z } from 'zod';
import { excusedOf } from '../ledger/period.service';
import { BrandProgress } from '../purchase/brand-progress.service';
import { PeriodGate } from './period-gate.service';
import { isExcused } from './period.rules';

/** Periods of a brand, newest first, and what keeps the open one from being closed. */
@Injectable()
export class PeriodListService {
  constructor(
    private readonly database: Database,
    private readonly brands: BrandDirectory,
    private readonly progress: BrandProgress,
    private readonly gate: PeriodGate,
  ) {}

  async list(brandId: string): Promise<z.infer<typeof periodList>> {
    const brand = await this.brands.get(null, brandId);
    return this.database.read(async (tx) => {
      const rows: Record<string, unknown>[] = await tx.query(
        `SELECT a.period_id, a.state, a.starts_at, a.ends_at, a.closing_started_by, a.closed_by, a.closed_at, a.override_reason, a.excused, a.seal,
                (SELECT COUNT(*) FROM statement s WHERE s.brand_id = a.brand_id AND s.period_id = a.period_id AND s.state <> 'VOID') AS statements
           FROM accounting_period a WHERE a.brand_id = ? ORDER BY a.period_id DESC LIMIT 240`,
        [idIn(brandId)],
      );
      const progress = await this.progress.peek(tx, brand);
      const data: z.infer<typeof periodList>['data'] = [];
      for (const row of rows) {
        const period = row.period_id as string;
        const state = row.state as z.infer<typeof periodState>;
        const obstacles = state === 'OPEN' || state === 'CLOSING' ? await this.gate.obstacles(tx, brand, period, progress) : [];
        data.push({
          id: period,
          period,
          state,
          startsAt: iso(row.starts_at),
          endsAt: iso(row.ends_at),
          closingStartedBy: idOutOrNull(row.closing_started_by as Buffer | null),
          closedBy: idOutOrNull(row.closed_by as Buffer | null),
          closedAt: isoOrNull(row.closed_at),
          overrideReason: (row.override_reason as string | null) ?? null,
          seal: (row.seal as string | null) ?? null,
          statements: int(row.statements),
          obstacles: obstacles.map(({ code, message, days, ruleIds }) => ({
            code,
            message,
            days,
            excused: isExcused({ code, ruleIds }, excusedOf(row.excused)),
          })),
        });
      }
      return { data };
    });
  }
}
