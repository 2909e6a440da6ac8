import { DomainError, notFound } from '@concentric/service-kit';

export const unknownRecalculation = (id: string) => notFound('recalculation', id);
export const recalculationRefused = ({ code, message }: { code: string; message: string }) =>
  new DomainError({ code, status: code === 'same_person' ? 403 : 409, title: 'The recalculation is refused', detail: message });
