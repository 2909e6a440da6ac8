import { DomainError, notFound } from '@concentric/service-kit';

export const unknownPartner = (partnerId: string) => notFound('partner', partnerId);

export const unreadableFile = (message: string, remedy: string) =>
  new DomainError({ code: 'unreadable_file', status: 400, title: 'The file cannot be read', detail: message, errors: [{ field: 'file', code: 'unreadable_file', message, remedy }] });
