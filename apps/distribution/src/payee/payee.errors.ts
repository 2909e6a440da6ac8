import { DomainError, conflict, forbidden, notFound } from '@concentric/service-kit';

export const unknownPayee = (payeeId: string) => notFound('payee', payeeId);
export const payeeProposed = () => conflict('payee_proposed', 'New details of this partner are waiting already', 'Let the treasury approve or reject them first.');
export const notYourPartner = () => forbidden('not_your_partner', 'These are the details of another partner', 'A partner proposes its own payee details only.');
export const payeeRefused = ({ code, message }: { code: string; message: string }) => new DomainError({ code, status: code === 'same_person' ? 403 : 409, title: 'The decision is refused', detail: message });
