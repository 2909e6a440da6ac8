import { iso, isoOrNull } from '@concentric/service-kit';
import type { planRow } from '@concentric/contracts';
import type { z } from 'zod';
import type { StoredPlan } from './plan.repository';

/** Plans as the console shows them: a plan in force ends where the next one in force begins. `now` in epoch ms. */
export function planRows(plans: readonly StoredPlan[], now: number): z.infer<typeof planRow>[] {
  const starts = plans
    .filter((plan) => plan.activatedAt !== null)
    .map((plan) => plan.validFrom)
    .sort((a, b) => a - b);
  return plans.map((plan) => {
    const active = plan.activatedAt !== null;
    const validTo = active ? (starts.find((start) => start > plan.validFrom) ?? null) : null;
    return {
      id: plan.planVersionId,
      code: plan.code,
      version: plan.version,
      name: plan.name,
      state: !active ? 'draft' : validTo !== null && validTo <= now ? 'ended' : 'active',
      validFrom: iso(plan.validFrom),
      validTo: isoOrNull(validTo),
      budgetPpm: plan.budgetPpm,
      rules: plan.rules,
      contentHash: plan.contentHash,
      authorId: plan.authorId,
      approverId: plan.approverId,
      activatedAt: isoOrNull(plan.activatedAt),
    };
  });
}
