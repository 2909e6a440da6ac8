import { conflict, DomainError, forbidden, invalid, notFound, type Refusal } from '@concentric/service-kit';

export const unknownPartner = (partnerId: string) => notFound('partner', partnerId);

/** Why whoever owns a partner does not decide about it. */
export const OWN_PARTNER: Refusal = { code: 'own_partner', message: 'The partner is registered as yours; ask a colleague.' };
export const ownPartner = (name: string) =>
  forbidden(OWN_PARTNER.code, 'Nobody decides about a partner of their own', `${name} is registered as yours; ask a colleague.`);

export const ownersChanged = () =>
  conflict('changed_meanwhile', 'Somebody else has named owners meanwhile', 'Read again who is named, and name them anew.');

export const unreadableFile = (message: string, remedy: string) =>
  new DomainError({
    code: 'unreadable_file',
    status: 400,
    title: 'The file cannot be read',
    detail: message,
    errors: [{ field: 'file', code: 'unreadable_file', message, remedy }],
  });

export const noSuchMoment = (field: string, given: string) =>
  invalid([{ field, code: 'no_such_moment', message: `${given} does not exist`, remedy: 'give an instant like 2026-01-31T08:00:00.000Z' }]);
