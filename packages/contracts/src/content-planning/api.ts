import { z } from 'zod';
import { code, instant, uuid } from '../primitives';
import { listOf, listQuery } from '../list';

export const touchpointDomain = z.enum(['public', 'private', 'offline']);

/** Where a customer meets the brand. Orders and expenses may name it by its code. */
export const touchpointRow = z.object({
  id: uuid,
  brandId: uuid,
  code: z.string(),
  name: z.string(),
  domain: touchpointDomain,
  /** Lower is looked after first. */
  priority: z.number().int(),
  /** No longer in use: kept, because orders may have named it. */
  retired: z.boolean(),
  createdAt: instant,
  changedAt: instant,
  revision: z.number().int().min(1),
});
export const touchpointInput = z.strictObject({
  code,
  name: z.string().trim().min(1).max(200),
  domain: touchpointDomain,
  priority: z.number().int().min(0).max(10_000).default(100),
});
/** `revision` is the one that was read; another one means that somebody was faster. The code never changes. */
export const touchpointPatch = z.strictObject({
  revision: z.number().int().min(1),
  name: z.string().trim().min(1).max(200).optional(),
  domain: touchpointDomain.optional(),
  priority: z.number().int().min(0).max(10_000).optional(),
  retired: z.boolean().optional(),
});
export const touchpointQuery = listQuery.extend({
  domain: touchpointDomain.optional(),
  retired: z.enum(['true', 'false']).optional(),
  q: z.string().trim().max(100).optional(),
});
export const touchpointList = listOf(touchpointRow);

export type TouchpointRow = z.infer<typeof touchpointRow>;
export type TouchpointInput = z.infer<typeof touchpointInput>;
export type TouchpointPatch = z.infer<typeof touchpointPatch>;
