import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '@concentric/service-kit';
import type { DistributionSettings } from '@concentric/contracts';
import { StatementAdvance } from '../statement/statement-advance.service';
import { SettlementService } from './settlement.service';

/** What follows the closing of a period: its statements are built, and go their way as far as they go by themselves. */
@Injectable()
export class PeriodEnd {
  constructor(
    private readonly database: Database,
    private readonly settlement: SettlementService,
    private readonly statements: StatementAdvance,
  ) {}

  /** Does one step; false when there was nothing to do. */
  async take(brandId: string, settings: DistributionSettings): Promise<boolean> {
    const unfinished = await this.database.read((tx) => this.settlement.unfinished(tx, brandId));
    for (const period of unfinished) await this.settlement.build(brandId, period);
    return unfinished.length > 0 || this.statements.take(brandId, settings);
  }

  /** Is there anything that a step would do now? */
  async pending(tx: Tx, brandId: string): Promise<boolean> {
    return (await this.settlement.unfinished(tx, brandId)).length > 0 || this.statements.pending(tx, brandId);
  }
}
