import { ownReason } from '@concentric/contracts';
import { Injectable } from '@nestjs/common';
import { Audit, BrandDirectory, Database, Job, type JobRun } from '@concentric/service-kit';
import { RecalculationComparison } from './recalculation-comparison.service';
import { RecalculationDifferences } from './recalculation-difference.repository';
import { RecalculationRepository } from './recalculation.repository';
import { recalculationTransitions } from './recalculation.rules';

const BATCH = 200;

/** Compares the orders of a run, batch by batch; whenever the process dies, the next run goes on behind the last batch that counts. */
@Injectable()
export class ComputeRecalculationJob {
  constructor(
    private readonly database: Database,
    private readonly brands: BrandDirectory,
    private readonly recalculations: RecalculationRepository,
    private readonly differences: RecalculationDifferences,
    private readonly comparison: RecalculationComparison,
    private readonly audit: Audit,
  ) {}

  @Job('compute-recalculation')
  async run({ brandId, recalculationId }: { brandId: string; recalculationId: string }, job: JobRun): Promise<void> {
    while (await this.step(brandId, recalculationId, job));
  }

  private async step(brandId: string, id: string, job: JobRun): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      await job.heartbeat(tx);
      // Locked, so that no refund comes between what is read of an order and what is read of its lines.
      await this.recalculations.lock(tx, brandId);
      const run = await this.recalculations.find(tx, brandId, id);
      if (run?.state !== 'COMPUTING') return false;
      const orders = await this.recalculations.next(tx, await this.brands.get(tx, brandId), run, BATCH);
      if (orders.length > 0) {
        const { found, skipped } = await this.comparison.of(tx, brandId, run.planVersionId, orders);
        await this.recalculations.advance(tx, id, orders, await this.differences.save(tx, id, found), skipped);
        return true;
      }
      await this.recalculations.countAdjustments(tx, id);
      await this.recalculations.move(tx, id, 'compute');
      const { from, to, verb } = recalculationTransitions.compute;
      await this.audit.record(tx, {
        actorId: 'system',
        action: `recalculation.${verb}`,
        entityType: 'recalculation',
        entityId: id,
        brandId,
        from,
        to,
        reason: ownReason('recalculation_computed'),
      });
      return false;
    });
  }
}
