import { DomainError, conflict, invalid, notFound } from '@concentric/service-kit';

export const unknownRule = (ruleId: string) => notFound('withholding_rule', ruleId);
export const withholdingOverlaps = () => conflict('withholding_overlaps', 'Another rule of a type of partner begins on that date', 'Choose another start, or leave the type out.');
export const withholdingRefused = ({ code, message }: { code: string; message: string }) => new DomainError({ code, status: code === 'same_person' ? 403 : 409, title: 'The decision is refused', detail: message });
export const noSuchDate = (given: string) => invalid([{ field: 'validFrom', code: 'no_such_date', message: `${given} is not in the calendar`, remedy: 'give a date like 2026-01-31' }]);
