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
    const now = Date.now();
    return signToken(
      this.key,
      this.issuer,
      { sub: randomUUID(), name: 'test', brands: 'all', permissions: [], scope: { kind: 'all' }, ...claims },
      { issuedAt: now, expiresAt: now + 3_600_000 },
    );
  }
}
