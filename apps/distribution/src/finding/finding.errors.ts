import { conflict, notFound } from '@concentric/service-kit';

export const unknownFinding = (id: string) => notFound('finding', id);
export const findingRefused = (why: string) => conflict('wrong_state', 'The finding cannot be accepted', why);
