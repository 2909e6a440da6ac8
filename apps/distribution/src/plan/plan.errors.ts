import { DomainError, conflict, forbidden, notFound, iso } from '@concentric/service-kit';

export const unknownPlan = (planVersionId: string) => notFound('plan', planVersionId);
export const planNotDraft = () =>
  conflict('plan_not_draft', 'This plan version is active already', 'A plan in force never changes; write a new version of it.');
export const authorMayNotActivate = () =>
  forbidden('same_person', 'The author of a plan may not put it in force', 'Ask a colleague with the approver role.');
export const planVersionTaken = () =>
  conflict('plan_version_taken', 'Somebody else has just written a version of this plan', 'Read the plans again and repeat the request.');
export const planStartTaken = () => conflict('plan_start_taken', 'Another plan begins at that moment', 'Choose another start.');
export const planBackdated = (decidedUntil: number) =>
  new DomainError({
    code: 'plan_backdated',
    status: 409,
    title: 'Purchases have been decided after the start of this plan',
    detail: `Orders up to ${iso(decidedUntil)} have been split already.`,
    errors: [
      {
        field: 'validFrom',
        code: 'plan_backdated',
        message: 'lies before orders that have been split',
        remedy: 'let the plan begin later; what was split changes by a recalculation run only',
      },
    ],
  });
