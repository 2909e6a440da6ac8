import { notFound, refusedByRules, type Refusal } from '@concentric/service-kit';

export const unknownRecalculation = (id: string) => notFound('recalculation', id);
export const recalculationRefused = (refusal: Refusal) => refusedByRules('The recalculation is refused', refusal);
