import { dataScope, operatorBrands } from '@concentric/contracts';
import { z } from 'zod';
import type { Operator } from './operator';

/** The one signature algorithm: a list of one cannot be talked into `none` or into a public key used as a secret. */
export const tokenAlgorithm = 'ES256';
export const tokenAudience = 'concentric';
/** RFC 9068: an id token or a logout token is never taken for an access token. */
export const tokenType = 'at+jwt';

/** Claims beyond the registered ones. */
export const tokenClaims = z.object({
  sub: z.string().min(1).max(100),
  name: z.string().max(200),
  brands: operatorBrands,
  permissions: z.array(z.string().max(100)).max(500),
  scope: dataScope,
  service: z.boolean().optional(),
});
export type TokenClaims = z.infer<typeof tokenClaims>;

/** The operator that verified claims describe, or undefined when a claim is missing or malformed. */
export function operatorFromClaims(claims: unknown): Operator | undefined {
  const read = tokenClaims.safeParse(claims);
  if (!read.success) return undefined;
  const { sub, name, brands, permissions, scope, service } = read.data;
  return { id: sub, name, brandIds: brands, permissions, scope, ...(service === undefined ? {} : { service }) };
}
