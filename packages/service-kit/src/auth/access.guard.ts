import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { uuid } from '@concentric/contracts';
import type { Request } from 'express';
import { SERVICE_CONFIG } from '../config/service-config.token';
import type { ServiceConfig } from '../config/service.config';
import { DomainError, forbidden, unknownBrand } from '../http/domain.errors';
import { accessOf, servicePlaceholder } from '../http/permission.decorator';
import { RateLimits } from '../http/rate-limit/rate-limits';
import { answersNarrowScopes } from '../scope/row-scope.decorator';
import { coversBrand, rememberOperator } from './operator';
import { notSignedIn, TokenVerifier } from './token-verifier';

/** Failed verifications per minute of one address: guessing tokens ends in 429. */
const failuresPerMinute = 300;

/**
 * Lets a request through when its route is public, or its token is valid, names the brand in the path, carries the
 * route's permission, and sees all rows or the route narrows to those it sees. The narrowing itself and the masking of
 * fields are the services' own, later checks.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly verifier: TokenVerifier,
    private readonly limits: RateLimits,
    @Inject(SERVICE_CONFIG) private readonly config: ServiceConfig,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const access = accessOf(this.reflector, context.getHandler(), context.getClass());
    if (access === 'public') return true;
    // The boot refuses such a route already; this is for whatever slips past it.
    if (access === undefined) throw forbidden('not_permitted', 'Your roles do not permit this');
    const request = context.switchToHttp().getRequest<Request>();
    const operator = await this.authenticated(request);
    rememberOperator(request, operator);
    const brandId = request.params['brandId'];
    if (brandId !== undefined && (typeof brandId !== 'string' || !uuid.safeParse(brandId).success || !coversBrand(operator, brandId))) {
      throw unknownBrand(String(brandId));
    }
    const permission = access.permission.replace(servicePlaceholder, this.config.service);
    if (permission !== '' && !operator.permissions.includes(permission)) {
      throw forbidden('not_permitted', 'Your roles do not permit this', `It needs the permission ${permission}`);
    }
    // What needs no permission concerns the caller alone.
    if (permission !== '' && operator.scope.kind !== 'all' && !answersNarrowScopes(this.reflector, context.getHandler())) {
      throw forbidden('whole_brand_only', 'This concerns the whole brand, of which you see a part');
    }
    return true;
  }

  private async authenticated(request: Request) {
    try {
      const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(request.headers.authorization ?? '')?.[1];
      if (token === undefined) throw notSignedIn();
      return await this.verifier.verify(token);
    } catch (error) {
      if (error instanceof DomainError && error.status === 401) {
        await this.limits.hit(`failed-token:${request.ip ?? 'unknown'}`, failuresPerMinute, 60);
      }
      throw error;
    }
  }
}
