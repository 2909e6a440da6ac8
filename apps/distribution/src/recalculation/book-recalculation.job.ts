import { ownReason } from '@concentric/contracts';
import { Injectable } from '@nestjs/common';
import { Audit, DailyJob, Database, Job, Jobs, type DailyRun, type JobRun, type Tx } from '@concentric/service-kit';
import { AdjustmentService } from '../adjustment/adjustment.service';
import { accountHalted } from '../control/control.errors';
import { RecalculationDifferences } from './recalculation-difference.repository';
import { BOOK_RECALCULATION, RecalculationRepository, resumeBooking } from './recalculation.repository';
import { recalculationTransitions } from './recalculation.rules';

const BATCH = 100;

/** Books an approved run: one adjustment per partner, currency and origin period, each once however often the process dies. */
@Injectable()
export class BookRecalculationJob {
  constructor(
    private readonly database: Database,
    private readonly recalculations: RecalculationRepository,
    private readonly differences: RecalculationDifferences,
    private readonly adjustments: AdjustmentService,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
  ) {}

  /** A job that failed too often is begun again the next day. */
  @DailyJob('resume-recalculations')
  async resume({ brandId }: DailyRun): Promise<void> {
    await this.database.transaction((tx) => resumeBooking(tx, this.jobs, brandId));
  }

  @Job(BOOK_RECALCULATION)
  async run({ brandId, recalculationId }: { brandId: string; recalculationId: string }, job: JobRun): Promise<void> {
    while (await this.step(brandId, recalculationId, job));
  }

  private async step(brandId: string, id: string, job: JobRun): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      await job.heartbeat(tx);
      const run = await this.recalculations.find(tx, brandId, id);
      if (run?.state !== 'BOOKING') return false;
      const decision = { decidedBy: run.decidedBy!, reason: run.decisionReason! };
      const open = await this.differences.open(tx, id, BATCH);
      // One partner's halted account keeps nobody else's amounts back; the run is not over while one is missing.
      if (open.length === 0) await this.refuseHalted(tx, id);
      const booked = [];
      for (const { totalId, partnerId, currency, originPeriod, differenceMinor } of open) {
        const document = {
          partnerId,
          currency,
          kind: 'adjust' as const,
          amountMinor: differenceMinor,
          originPeriod,
          lineId: null,
          statementId: null,
          source: 'recalculation' as const,
          sourceId: totalId,
        };
        booked.push({
          totalId,
          adjustmentId: await this.adjustments.bookWithin(
            tx,
            brandId,
            { ...document, reason: run.reason, proposedBy: run.proposedBy },
            decision,
          ),
        });
      }
      await this.differences.settle(tx, id, booked);
      if (open.length > 0) return true;
      await this.recalculations.move(tx, id, 'finish');
      const { from, to, verb } = recalculationTransitions.finish;
      await this.audit.record(tx, {
        actorId: 'system',
        action: `recalculation.${verb}`,
        entityType: 'recalculation',
        entityId: id,
        brandId,
        from,
        to,
        reason: ownReason('recalculation_booked'),
      });
      return false;
    });
  }

  /** Raises `account_halted` (409) while totals are left; the job is tried again when the account is released. */
  private async refuseHalted(tx: Tx, id: string): Promise<void> {
    const halted = await this.differences.halted(tx, id);
    if (halted.length > 0) throw accountHalted(halted);
  }
}
