import { z } from 'zod';

/** Kinds of channel partner; a chain may be as deep as its contracts are. */
export const partnerType = z.enum(['agent', 'distributor', 'franchise', 'agency', 'store', 'guide', 'group_leader']);
export type PartnerType = z.infer<typeof partnerType>;
