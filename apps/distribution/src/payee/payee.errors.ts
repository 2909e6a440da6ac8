import { conflict, forbidden, notFound, refusedByRules, type Refusal } from '@concentric/service-kit';

export const unknownPayee = (payeeId: string) => notFound('payee', payeeId);
export const payeeProposed = () =>
  conflict('payee_proposed', 'New details of this partner are waiting already', 'Let the treasury approve or reject them first.');
export const notYourPartner = () =>
  forbidden('not_your_partner', 'These are the details of another partner', 'A partner proposes its own payee details only.');
export const payeeRefused = (refusal: Refusal) => refusedByRules('The decision is refused', refusal);
