import { Injectable } from '@nestjs/common';
import {
  Audit,
  BrandDirectory,
  Clock,
  Database,
  idIn,
  insertRows,
  int,
  intOrNull,
  invalid,
  isDuplicateKey,
  newId,
  rowLock,
  type Brand,
  type Operator,
  type Tx,
} from '@concentric/service-kit';
import { ownReason, planInput, type PlanInput, type PlanRule } from '@concentric/contracts';
import type { z } from 'zod';
import { HeldPurchases } from '../purchase/held-purchase.service';
import { authorMayNotActivate, planBackdated, planNotDraft, planStartTaken, planVersionTaken, unknownPlan } from './plan.errors';
import { PlanRepository, type StoredPlan } from './plan.repository';
import { contentHash, planErrors } from './plan.rules';

/** Commission plans: written by one person, put in force by another, and never changed after. */
@Injectable()
export class PlanService {
  constructor(
    private readonly database: Database,
    private readonly brands: BrandDirectory,
    private readonly plans: PlanRepository,
    private readonly held: HeldPurchases,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Writes a new version of a plan as a draft. Raises `invalid_input` for rules that cannot be kept. */
  async draft(
    tx: Tx,
    brandId: string,
    input: PlanInput,
    author: Operator,
  ): Promise<{ planVersionId: string; state: 'draft'; version: number }> {
    const plan: z.output<typeof planInput> = planInput.parse(input);
    const errors = planErrors(plan as { budgetPpm: number; rules: PlanRule[] });
    if (errors.length > 0) throw invalid(errors);
    const brand = await this.brands.get(tx, brandId);
    const validFrom = startOf(plan.validFrom, brand);
    const planVersionId = newId(this.clock);
    const rows: { version: unknown }[] = await tx.query(
      'SELECT MAX(version) AS version FROM plan_version WHERE brand_id = ? AND code = ?',
      [idIn(brandId), plan.code],
    );
    const version = (rows[0]?.version === null || rows[0] === undefined ? 0 : int(rows[0].version)) + 1;
    const content = { code: plan.code, validFrom, budgetPpm: plan.budgetPpm, rules: plan.rules };
    await insertRows(
      tx,
      'plan_version',
      [
        'plan_version_id',
        'brand_id',
        'code',
        'version',
        'name',
        'valid_from',
        'budget_ppm',
        'rules',
        'content_hash',
        'author_id',
        'created_at',
      ],
      [
        [
          idIn(planVersionId),
          idIn(brandId),
          plan.code,
          version,
          plan.name,
          validFrom,
          plan.budgetPpm,
          JSON.stringify(plan.rules),
          contentHash(content),
          idIn(author.id),
          this.clock.now(),
        ],
      ],
    ).catch((error: unknown) => {
      throw isDuplicateKey(error) ? planVersionTaken() : error;
    });
    await this.audit.record(tx, {
      actorId: author.id,
      action: 'plan.drafted',
      entityType: 'plan_version',
      entityId: planVersionId,
      brandId,
      after: content,
    });
    return { planVersionId, state: 'draft', version };
  }

  /**
   * Puts a version in force. Raises `same_person` (403) for its author, `plan_backdated` (409) when orders that it would
   * be in force for have been split already, `plan_not_draft` and `plan_start_taken` (409).
   */
  async activate(brandId: string, planVersionId: string, approver: Operator): Promise<void> {
    try {
      await this.database.transaction((tx) => this.activateIn(tx, brandId, planVersionId, approver));
    } catch (error) {
      if (isDuplicateKey(error)) throw planStartTaken();
      throw error;
    }
  }

  list(brandId: string): Promise<StoredPlan[]> {
    return this.database.read((tx) => this.plans.stored(tx, brandId));
  }

  private async activateIn(tx: Tx, brandId: string, planVersionId: string, approver: Operator): Promise<void> {
    const [plan] = await this.plans.stored(tx, brandId, planVersionId);
    if (!plan) throw unknownPlan(planVersionId);
    if (plan.activatedAt !== null) throw planNotDraft();
    if (plan.authorId === approver.id) throw authorMayNotActivate();
    // Locked: nobody decides orders by the old plan while the new one is being put in force.
    const decided: { until: unknown }[] = await tx.query(
      `SELECT decided_until AS until FROM brand_progress WHERE brand_id = ?${rowLock(tx, 'update')}`,
      [idIn(brandId)],
    );
    const until = decided[0] ? int(decided[0].until) : 0;
    if (plan.validFrom <= until && (await this.splitSince(tx, brandId, plan.validFrom))) throw planBackdated(until);
    await insertRows(
      tx,
      'plan_activation',
      ['plan_version_id', 'brand_id', 'valid_from', 'author_id', 'approver_id', 'activated_at'],
      [[idIn(planVersionId), idIn(brandId), plan.validFrom, idIn(plan.authorId), idIn(approver.id), this.clock.now()]],
    );
    await this.held.retryAfterPlan(tx, brandId);
    await this.audit.record(tx, {
      actorId: approver.id,
      action: 'plan.activated',
      entityType: 'plan_version',
      entityId: planVersionId,
      brandId,
      from: 'draft',
      to: 'active',
      reason: ownReason('plan_approved'),
    });
  }

  /** Has an order been split that a version from then on would be in force for, up to where the next one begins? */
  private async splitSince(tx: Tx, brandId: string, from: number): Promise<boolean> {
    const next: { until: unknown }[] = await tx.query(
      'SELECT MIN(valid_from) AS until FROM plan_activation WHERE brand_id = ? AND valid_from > ?',
      [idIn(brandId), from],
    );
    const rows: unknown[] = await tx.query(
      "SELECT order_id FROM purchase WHERE brand_id = ? AND state = 'DECIDED' AND occurred_at >= ? AND occurred_at < ? LIMIT 1",
      [idIn(brandId), from, intOrNull(next[0]!.until) ?? Number.MAX_SAFE_INTEGER],
    );
    return rows.length > 0;
  }
}

/** Epoch ms. Raises `invalid_input` for a moment that the calendar does not have, or has outside four-digit years from 1970 on. */
function startOf(moment: string, brand: Brand): number {
  try {
    const at = brand.calendar.parse(moment);
    if (at >= 0 && at < Date.UTC(9999, 11, 31)) return at;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  throw invalid([
    {
      field: 'validFrom',
      code: 'no_such_moment',
      message: `${moment} does not exist`,
      remedy: 'give a date and time like 2026-01-31 16:00:00',
    },
  ]);
}
