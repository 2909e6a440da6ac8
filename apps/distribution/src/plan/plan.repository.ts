import { Injectable } from '@nestjs/common';
import { idIn, idOut, int, intOrNull, type Tx } from '@concentric/service-kit';
import type { PlanRule } from '@concentric/contracts';
import type { ActivePlan } from './plan.rules';

/** A plan version with its activation, if it has one. */
export interface StoredPlan {
  planVersionId: string;
  code: string;
  version: number;
  name: string;
  validFrom: number;
  budgetPpm: number;
  rules: PlanRule[];
  contentHash: string;
  authorId: string;
  approverId: string | null;
  activatedAt: number | null;
}

@Injectable()
export class PlanRepository {
  /** Active versions of a brand never change once read, so they are kept; their number tells whether one has come. */
  private readonly loaded = new Map<string, { count: number; plans: ActivePlan[] }>();

  /** Active plan versions in order of validFrom. */
  async active(tx: Tx, brandId: string): Promise<ActivePlan[]> {
    const counted: { n: unknown }[] = await tx.query('SELECT COUNT(*) AS n FROM plan_activation WHERE brand_id = ?', [idIn(brandId)]);
    const count = int(counted[0]!.n);
    const known = this.loaded.get(brandId);
    if (known?.count === count) return known.plans;
    const rows: Record<string, unknown>[] = await tx.query(
      `SELECT v.plan_version_id, a.valid_from, v.budget_ppm, v.rules FROM plan_activation a JOIN plan_version v ON v.plan_version_id = a.plan_version_id
        WHERE a.brand_id = ? ORDER BY a.valid_from`,
      [idIn(brandId)],
    );
    const plans = rows.map((row) => ({
      planVersionId: idOut(row.plan_version_id as Buffer),
      validFrom: int(row.valid_from),
      budgetPpm: int(row.budget_ppm),
      rules: JSON.parse(row.rules as string) as PlanRule[],
    }));
    this.loaded.set(brandId, { count, plans });
    return plans;
  }

  /** Every version of a brand, newest first; or one of them. */
  async stored(tx: Tx, brandId: string, planVersionId?: string): Promise<StoredPlan[]> {
    const rows: Record<string, unknown>[] = await tx.query(
      `SELECT v.*, a.approver_id, a.activated_at FROM plan_version v LEFT JOIN plan_activation a ON a.plan_version_id = v.plan_version_id
        WHERE v.brand_id = ?${planVersionId ? ' AND v.plan_version_id = ?' : ''} ORDER BY v.valid_from DESC, v.code, v.version DESC`,
      planVersionId ? [idIn(brandId), idIn(planVersionId)] : [idIn(brandId)],
    );
    return rows.map((row) => ({
      planVersionId: idOut(row.plan_version_id as Buffer),
      code: row.code as string,
      version: int(row.version),
      name: row.name as string,
      validFrom: int(row.valid_from),
      budgetPpm: int(row.budget_ppm),
      rules: JSON.parse(row.rules as string) as PlanRule[],
      contentHash: row.content_hash as string,
      authorId: idOut(row.author_id as Buffer),
      approverId: row.approver_id === null ? null : idOut(row.approver_id as Buffer),
      activatedAt: intOrNull(row.activated_at),
    }));
  }
}
