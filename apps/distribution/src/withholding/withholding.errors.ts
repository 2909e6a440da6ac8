import { conflict, invalid, notFound, refusedByRules, type Refusal } from '@concentric/service-kit';

export const unknownRule = (ruleId: string) => notFound('withholding_rule', ruleId);
export const withholdingOverlaps = () =>
  conflict('withholding_overlaps', 'Another rule of a type of partner begins on that date', 'Choose another start, or leave the type out.');
export const withholdingRefused = (refusal: Refusal) => refusedByRules('The decision is refused', refusal);
export const noSuchDate = (given: string) =>
  invalid([
    { field: 'validFrom', code: 'no_such_date', message: `${given} is not in the calendar`, remedy: 'give a date like 2026-01-31' },
  ]);
