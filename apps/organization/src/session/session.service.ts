import { Inject, Injectable } from '@nestjs/common';
import type { SignedInOperator, SignInAnswer } from '@concentric/contracts';
import { Audit, Database, RateLimits, SERVICE_CONFIG, iso, type ServiceConfig, signToken, SystemClock } from '@concentric/service-kit';
import { permissionsOf } from '../access/access.rules';
import { OperatorEntity } from '../operator/operator.entity';
import { scopeOf } from '../operator/operator.service';
import { hashPassword, nameKey, passwordMatches } from '../operator/password.rules';
import { SESSION_CONFIG, type SessionConfig } from '../session.config';
import { sessionEnded, signInRefused } from './session.errors';
import { SigningKeyService } from './signing-key.service';

/** What a token says about its session; verified by the guard before it gets here. */
export interface SessionClaims {
  operatorId: string;
  /** Epoch seconds of the sign-in. */
  authTime: number;
  accessVersion: number;
}

// Tokens expire in real time, whatever moment a replay simulates.
const realTime = new SystemClock();

/** Signing in, and staying signed in for as long as the operator may. */
@Injectable()
export class SessionService {
  // Compared with when the name is unknown, so that the answer takes as long as for a known one.
  private readonly nobody = hashPassword('nobody has this password');

  constructor(
    private readonly database: Database,
    private readonly keys: SigningKeyService,
    private readonly limits: RateLimits,
    private readonly audit: Audit,
    @Inject(SERVICE_CONFIG) private readonly config: ServiceConfig,
    @Inject(SESSION_CONFIG) private readonly session: SessionConfig,
  ) {}

  /** Raises `sign_in_refused` (401) whatever does not fit; `too_many_requests` (429) after too many attempts on a name. */
  async signIn(name: string, password: string): Promise<SignInAnswer> {
    const key = nameKey(name);
    await this.limits.hit(`sign-in:${key}`, this.session.signInsPerMinute, 60);
    const operator = await this.database.source.manager.findOneBy(OperatorEntity, { nameKey: key });
    const matches = await passwordMatches(password, operator?.passwordHash ?? (await this.nobody));
    if (operator === null || !matches || operator.disabled) {
      if (operator !== null) await this.recordRefusal(operator);
      throw signInRefused();
    }
    await this.database.transaction(async (tx) => {
      await tx.update(OperatorEntity, { id: operator.id }, { lastSignInAt: realTime.now() });
      await this.audit.record(tx, { actorId: operator.id, action: 'session.began', entityType: 'operator', entityId: operator.id });
    });
    return this.answer(operator, Math.floor(realTime.now() / 1000));
  }

  /**
   * A new token with the operator's present roles, while the session lasts.
   * Raises `session_ended` (401) after SESSION_HOURS, a new password or disabling.
   */
  async refresh(claims: SessionClaims): Promise<SignInAnswer> {
    const operator = await this.operator(claims);
    if (claims.authTime * 1000 + this.session.sessionMs <= realTime.now()) throw sessionEnded();
    return this.answer(operator, claims.authTime);
  }

  /** The person signed in as they are now, not as their token says. Raises `session_ended` (401). */
  async me(claims: SessionClaims): Promise<SignedInOperator> {
    return signedIn(await this.operator(claims));
  }

  private async operator(claims: SessionClaims): Promise<OperatorEntity> {
    const operator = await this.database.source.manager.findOneBy(OperatorEntity, { id: claims.operatorId });
    if (operator === null || operator.disabled || operator.accessVersion !== claims.accessVersion) throw sessionEnded();
    return operator;
  }

  private async answer(operator: OperatorEntity, authTime: number): Promise<SignInAnswer> {
    const now = realTime.now();
    const sessionEndsAt = authTime * 1000 + this.session.sessionMs;
    const expiresAt = Math.min(now + this.session.tokenMs, sessionEndsAt);
    const person = signedIn(operator);
    const claims = {
      sub: person.id,
      name: person.displayName,
      brands: person.brands,
      permissions: person.permissions,
      scope: person.scope,
      auth_time: authTime,
      access_version: operator.accessVersion,
    };
    const token = await signToken(this.keys.signing, this.config.issuer, claims, { issuedAt: now, expiresAt });
    return {
      token,
      expiresAt: iso(Math.floor(expiresAt / 1000) * 1000),
      sessionEndsAt: iso(sessionEndsAt),
      operator: person,
    };
  }

  private recordRefusal(operator: OperatorEntity): Promise<void> {
    return this.database.transaction((tx) =>
      this.audit.record(tx, { actorId: operator.id, action: 'session.refused', entityType: 'operator', entityId: operator.id }),
    );
  }
}

function signedIn(operator: OperatorEntity): SignedInOperator {
  const { id, name, displayName, roles, brands, departmentId } = operator;
  return { id, name, displayName, roles, permissions: permissionsOf(roles), brands, scope: scopeOf(operator), departmentId };
}
