import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '@concentric/service-kit';
import type { DistributionSettings } from '@concentric/contracts';
import { FindingExamination } from '../finding/finding-examination.service';
import { StatementAdvance } from '../statement/statement-advance.service';
import { PeriodSeal } from './period-seal.service';
import { SettlementService } from './settlement.service';

/** What follows the closing of a period: its statements are built and examined, go their way as far as they go by themselves, and seal it. */
@Injectable()
export class PeriodEnd {
  constructor(
    private readonly database: Database,
    private readonly settlement: SettlementService,
    private readonly findings: FindingExamination,
    private readonly statements: StatementAdvance,
    private readonly seals: PeriodSeal,
  ) {}

  /** Does one step; false when there was nothing to do. */
  async take(brandId: string, settings: DistributionSettings): Promise<boolean> {
    const unfinished = await this.database.read((tx) => this.settlement.unfinished(tx, brandId));
    for (const period of unfinished) await this.settlement.build(brandId, period);
    return (
      unfinished.length > 0 ||
      (await this.findings.take(brandId, settings.findings)) ||
      (await this.statements.take(brandId, settings)) ||
      this.seals.take(brandId)
    );
  }

  /** Is there anything that a step would do now? */
  async pending(tx: Tx, brandId: string): Promise<boolean> {
    if ((await this.settlement.unfinished(tx, brandId)).length > 0 || (await this.findings.pending(tx, brandId))) return true;
    return (await this.statements.pending(tx, brandId)) || (await this.seals.due(tx, brandId)) !== undefined;
  }
}
