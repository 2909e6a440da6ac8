import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import { z } from 'zod';
import { tokenAlgorithm, tokenAudience, tokenType } from './token.rules';

/** A private signing key with its id; keep it sealed. */
export const signingKeySchema = z.looseObject({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  kid: z.string(),
  x: z.string(),
  y: z.string(),
  d: z.string(),
});
export type SigningKey = z.infer<typeof signingKeySchema>;

/** A new ES256 key, named by its thumbprint. */
export async function generateSigningKey(): Promise<SigningKey> {
  const { privateKey } = await generateKeyPair(tokenAlgorithm, { extractable: true });
  const jwk = await exportJWK(privateKey);
  return signingKeySchema.parse({ ...jwk, alg: tokenAlgorithm, use: 'sig', kid: await calculateJwkThumbprint(jwk) });
}

/** The part of a signing key that anybody may know. */
export function publicKeyOf({ d: _private, ...rest }: SigningKey): JWK {
  return rest;
}

/**
 * Signs an access token (RFC 9068) as `TokenVerifier` accepts it.
 * @param claims see `TokenClaims`
 * @param options times in epoch milliseconds (tokens hold whole seconds); audience and type other than ours are for tests
 */
export async function signToken(
  key: SigningKey,
  issuer: string,
  claims: Record<string, unknown>,
  options: { issuedAt: number; expiresAt: number; audience?: string; type?: string },
): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: tokenAlgorithm, typ: options.type ?? tokenType, kid: key.kid })
    .setIssuer(issuer)
    .setAudience(options.audience ?? tokenAudience)
    .setIssuedAt(Math.floor(options.issuedAt / 1000))
    .setExpirationTime(Math.floor(options.expiresAt / 1000))
    .sign(await importJWK(key, tokenAlgorithm));
}
