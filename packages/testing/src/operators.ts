import { randomUUID } from 'node:crypto';
import { generateSigningKey, publicKeyOf, signToken, type SigningKey, type TokenClaims } from '@concentric/service-kit';

/** Operators for tests: a key set that services can verify by without any organization service running. */
export class TestOperators {
  private constructor(
    private readonly key: SigningKey,
    private readonly issuer: string,
  ) {}

  static async create(issuer = 'concentric'): Promise<TestOperators> {
    return new TestOperators(await generateSigningKey(), issuer);
  }

  /** For `ServiceConfig.keySetUrl`: the key set itself, as a data URL. */
  get keySetUrl(): string {
    return `data:application/json,${encodeURIComponent(JSON.stringify({ keys: [publicKeyOf(this.key)] }))}`;
  }

  /** A bearer token; without claims it is of an operator of every brand who sees all rows and may do nothing. */
  token(claims: Partial<TokenClaims> = {}): Promise<string> {
    return this.sign(claims);
  }

  /** As `token`, but with whatever a forger would change. */
  sign(
    claims: Record<string, unknown>,
    change: { issuer?: string; audience?: string; type?: string; issuedAt?: number; expiresAt?: number } = {},
  ): Promise<string> {
    const now = Date.now();
    const { issuer = this.issuer, issuedAt = now, expiresAt = now + 3_600_000, ...header } = change;
    const all = { sub: randomUUID(), name: 'test', brands: 'all', permissions: [], scope: { kind: 'all' }, ...claims };
    return signToken(this.key, issuer, all, { issuedAt, expiresAt, ...header });
  }
}
