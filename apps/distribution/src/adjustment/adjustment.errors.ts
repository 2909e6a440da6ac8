import { conflict, invalid, notFound, refusedByRules, type Refusal } from '@concentric/service-kit';

export const unknownAdjustment = (id: string) => notFound('adjustment', id);
export const adjustmentRefused = (refusal: Refusal) => refusedByRules('The adjustment is refused', refusal);
export const notOfPartner = (field: 'lineId' | 'statementId') =>
  invalid([
    { field, code: 'not_of_partner', message: 'it does not belong to this partner', remedy: 'name one of the partner, or leave it out' },
  ]);
export const originInFuture = (period: string, open: string) =>
  invalid([
    {
      field: 'originPeriod',
      code: 'origin_in_future',
      message: `${period} lies after the open period ${open}`,
      remedy: 'name the period of the orders that are corrected',
    },
  ]);
export const noBooksYet = () =>
  conflict(
    'no_open_period',
    'Nothing has been booked for this brand yet',
    'There is nothing to adjust before the first order has been decided.',
  );
