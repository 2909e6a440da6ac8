import { Injectable, Logger } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { errors, type JWTHeaderParameters, jwtVerify } from 'jose';
import { DomainError } from '../http/domain.errors';
import { KeySet } from './key-set';
import type { Operator } from './operator';
import { operatorFromClaims, tokenAlgorithm, tokenAudience, tokenType } from './token.rules';

/** 401: no token, or one that is not valid here and now. It is not said which check failed. */
export const notSignedIn = () =>
  new DomainError({
    code: 'not_signed_in',
    status: 401,
    title: 'A valid token is needed',
    detail: 'Sign in and send the token as Authorization: Bearer',
  });

const keysUnavailable = () =>
  new DomainError({ code: 'keys_unavailable', status: 503, title: 'Tokens cannot be verified at the moment', retryAfter: 5 });

/** How long a verified token is taken for valid without another look at its key; far below the life of a token. */
const KEPT_MS = 60_000;
const KEPT_TOKENS = 2_000;

/** Verifies access tokens by the key set of organization. */
@Injectable()
export class TokenVerifier {
  private readonly logger = new Logger('auth');
  private readonly keySet: KeySet;
  private readonly verified = new Map<string, { operator: Operator; until: number }>();

  /** Time is the system's, never a simulated clock: a token must expire in real time whatever is being replayed. */
  constructor(
    private readonly issuer: string,
    keySetUrl: string,
    private readonly now: () => number,
  ) {
    this.keySet = new KeySet(keySetUrl, now, (error) =>
      this.logger.warn({ msg: 'key set not refreshed', reason: error instanceof Error ? error.message : String(error) }),
    );
  }

  /** Accepts tokens signed by these keys (JWK) without fetching them: for the service that signs. */
  trust(keys: readonly unknown[]): Promise<void> {
    return this.keySet.trust(keys);
  }

  /**
   * The operator a token speaks for.
   * Raises `not_signed_in` (401) for any token that is not ours, valid and current; `keys_unavailable` (503) when no
   * key has ever been obtained.
   */
  async verify(token: string): Promise<Operator> {
    if (token.length > 64 * 1024) throw notSignedIn();
    // A signature costs more than most requests. Kept by hash, so that memory holds no token that could be used.
    const key = createHash('sha256').update(token).digest('base64');
    const known = this.verified.get(key);
    if (known !== undefined && known.until > this.now()) return known.operator;
    const { operator, expiresAt } = await this.verifyAnew(token);
    if (this.verified.size >= KEPT_TOKENS) this.verified.clear();
    this.verified.set(key, { operator, until: Math.min(expiresAt, this.now() + KEPT_MS) });
    return operator;
  }

  private async verifyAnew(token: string): Promise<{ operator: Operator; expiresAt: number }> {
    try {
      const { payload } = await jwtVerify(token, (header) => this.keyFor(header), {
        algorithms: [tokenAlgorithm],
        issuer: this.issuer,
        audience: tokenAudience,
        typ: tokenType,
        requiredClaims: ['sub', 'exp', 'iat'],
        clockTolerance: 5,
        currentDate: new Date(this.now()),
      });
      const operator = operatorFromClaims(payload);
      if (operator === undefined) throw notSignedIn();
      return { operator, expiresAt: (payload.exp ?? 0) * 1000 };
    } catch (error) {
      if (error instanceof DomainError) throw error;
      if (error instanceof errors.JOSEError || error instanceof TypeError || error instanceof SyntaxError) throw notSignedIn();
      throw error;
    }
  }

  private async keyFor(header: JWTHeaderParameters) {
    const key = typeof header.kid === 'string' && header.kid.length <= 100 ? await this.keySet.find(header.kid) : undefined;
    if (key !== undefined) return key;
    if (this.keySet.isEmpty) throw keysUnavailable();
    throw notSignedIn();
  }
}
