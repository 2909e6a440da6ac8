import { invalid, notFound } from '@concentric/service-kit';

export const unknownStatement = (id: string) => notFound('statement', id);

export const reasonMissing = () => invalid([{ field: 'reason', code: 'reason_missing', message: 'sending a statement back needs a reason', remedy: 'say what is wrong, so that the submitter can mend it' }]);
