import { Injectable } from '@nestjs/common';
import { Audit, BrandDirectory, Database, idIn, Jobs, type Operator, type Tx } from '@concentric/service-kit';
import type { RecalculationInput } from '@concentric/contracts';
import { refuseOwner } from '../partner/partner-owner.repository';
import { unknownPlan } from '../plan/plan.errors';
import { PlanRepository } from '../plan/plan.repository';
import { recalculationRefused, unknownRecalculation } from './recalculation.errors';
import { BOOK_RECALCULATION, RecalculationRepository } from './recalculation.repository';
import { decisionRefusal, recalculationTransitions } from './recalculation.rules';

/** Retroactive changes of plans: proposed by one person, computed by the service, decided on by another, booked as adjustments (inv 11). */
@Injectable()
export class RecalculationService {
  constructor(
    private readonly database: Database,
    private readonly brands: BrandDirectory,
    private readonly plans: PlanRepository,
    private readonly recalculations: RecalculationRepository,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
  ) {}

  /** Has a run computed. Returns its id. Raises `plan_not_found` (404). */
  async propose(tx: Tx, brandId: string, input: RecalculationInput, actor: Operator): Promise<string> {
    const brand = await this.brands.get(tx, brandId);
    const [plan] = await this.plans.stored(tx, brandId, input.planVersionId);
    if (!plan) throw unknownPlan(input.planVersionId);
    const id = await this.recalculations.add(tx, brand, input, actor.id);
    await this.jobs.enqueue(tx, 'compute-recalculation', id, { brandId, recalculationId: id });
    await this.audit.record(tx, {
      actorId: actor.id,
      action: 'recalculation.proposed',
      entityType: 'recalculation',
      entityId: id,
      brandId,
      to: 'COMPUTING',
      reason: input.reason,
    });
    return id;
  }

  /** Raises `recalculation_not_found` (404), `own_partner`, `same_person` (403), `wrong_state`, `books_moved` and `changed_meanwhile` (409). */
  async decide(brandId: string, id: string, approve: boolean, reason: string, actor: Operator): Promise<void> {
    await this.database.transaction(async (tx) => {
      // One decision at a time: of two runs over the same orders the second one sees the first.
      await this.recalculations.lock(tx, brandId);
      const run = await this.recalculations.find(tx, brandId, id);
      if (!run) throw unknownRecalculation(id);
      await refuseOwner(tx, actor, { sql: 'SELECT partner_id FROM recalculation_total WHERE recalculation_id = ?', params: [idIn(id)] });
      const [plan] = await this.plans.stored(tx, brandId, run.planVersionId);
      const action = approve ? 'approve' : 'reject';
      const hasOverlapped = (await this.recalculations.overlapping(tx, brandId, run.from, run.to)) !== run.overlapping;
      const hasRefunds = await this.recalculations.hasRefunds(tx, id);
      const refused = decisionRefusal(action, { ...run, planAuthorId: plan!.authorId, hasMoved: hasOverlapped || hasRefunds }, actor.id);
      if (refused) throw recalculationRefused(refused);
      if (!(await this.recalculations.move(tx, id, action, { actorId: actor.id, reason })))
        throw recalculationRefused({ code: 'changed_meanwhile', message: 'Somebody else decided first.' });
      if (approve) await this.jobs.enqueue(tx, BOOK_RECALCULATION, id, { brandId, recalculationId: id });
      const { from, to, verb } = recalculationTransitions[action];
      await this.audit.record(tx, {
        actorId: actor.id,
        action: `recalculation.${verb}`,
        entityType: 'recalculation',
        entityId: id,
        brandId,
        from,
        to,
        reason,
      });
    });
  }
}
