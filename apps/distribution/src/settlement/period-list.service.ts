import { Injectable } from '@nestjs/common';
import { BrandDirectory, Database, idIn, int, intOrNull } from '@concentric/service-kit';
import type { periodList } from '@concentric/contracts';
import type { z } from 'zod';
import { BrandProgress } from '../purchase/brand-progress.service';
import { PeriodGate } from './period-gate.service';

const iso = (at: number) => new Date(at).toISOString();

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
        `SELECT a.period_id, a.state, a.starts_at, a.ends_at, a.closed_at, a.override_reason,
                (SELECT COUNT(*) FROM statement s WHERE s.brand_id = a.brand_id AND s.period_id = a.period_id) AS statements
           FROM accounting_period a WHERE a.brand_id = ? ORDER BY a.period_id DESC LIMIT 240`,
        [idIn(brandId)],
      );
      const progress = await this.progress.peek(tx, brand);
      const data: z.infer<typeof periodList>['data'] = [];
      for (const row of rows) {
        const period = row.period_id as string;
        const state = row.state as 'OPEN' | 'CLOSED';
        const closedAt = intOrNull(row.closed_at);
        data.push({
          id: period,
          period,
          state,
          startsAt: iso(int(row.starts_at)),
          endsAt: iso(int(row.ends_at)),
          closedAt: closedAt === null ? null : iso(closedAt),
          overrideReason: (row.override_reason as string | null) ?? null,
          statements: int(row.statements),
          obstacles: state === 'OPEN' ? await this.gate.obstacles(tx, brand, period, progress) : [],
        });
      }
      return { data };
    });
  }
}
