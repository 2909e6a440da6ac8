import { DomainError, forbidden, invalid, notFound } from '@concentric/service-kit';

export const unknownPartner = (partnerId: string) => notFound('partner', partnerId);

export const ownPartner = (name: string) =>
  forbidden('own_partner', 'Nobody decides about a partner of their own', `${name} is registered as yours; ask a colleague.`);

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
