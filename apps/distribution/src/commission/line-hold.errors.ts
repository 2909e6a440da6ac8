import { conflict, notFound } from '@concentric/service-kit';

export const unknownLine = (id: string) => notFound('commission_line', id);
export const holdRefused = ({ code, message }: { code: string; message: string }) =>
  conflict(code, 'The line cannot be held back or released now', message);
