import { conflict, notFound } from '@concentric/service-kit';

export const touchpointNotFound = (id: string) => notFound('touchpoint', id);
export const touchpointCodeTaken = () => conflict('touchpoint_code_taken', 'Another touchpoint of this brand has this code');
