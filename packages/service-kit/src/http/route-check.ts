import { Injectable, type OnModuleInit } from '@nestjs/common';
import { METHOD_METADATA } from '@nestjs/common/constants';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { accessOf, permissionKey, publicKey } from './permission.decorator';

/** Routes that a boot refuses because they do not say who may call them. */
export class UnprotectedRouteError extends Error {
  constructor(readonly routes: readonly string[]) {
    super(`These handlers need @Permission, @SignedIn or @Public (and not two of them): ${routes.join(', ')}`);
    this.name = 'UnprotectedRouteError';
  }
}

/** Deny by default, at boot: forgetting a permission is found by whoever starts the service, not by whoever attacks it. */
@Injectable()
export class RouteCheck implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  onModuleInit(): void {
    const bad: string[] = [];
    for (const { metatype } of this.discovery.getControllers()) {
      if (typeof metatype !== 'function') continue;
      const prototype = metatype.prototype as Record<string, unknown>;
      for (const name of this.scanner.getAllMethodNames(prototype)) {
        const handler = prototype[name];
        if (typeof handler !== 'function' || this.reflector.get(METHOD_METADATA, handler) === undefined) continue;
        const contradictory = [handler, metatype].some(
          (target) => this.reflector.get(permissionKey, target) !== undefined && this.reflector.get(publicKey, target) !== undefined,
        );
        if (contradictory || accessOf(this.reflector, handler, metatype) === undefined) bad.push(`${metatype.name}.${name}`);
      }
    }
    if (bad.length > 0) throw new UnprotectedRouteError(bad);
  }
}
