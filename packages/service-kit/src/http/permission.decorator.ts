import { applyDecorators, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import { ApiBearerAuth, ApiExtension } from '@nestjs/swagger';

export const permissionKey = 'concentric:permission';
export const publicKey = 'concentric:public';
/** Stands for the name of the service in permissions of routes that the kit gives every service. */
export const servicePlaceholder = '<service>';

/**
 * The permission `<service>.<noun>.<verb>` a caller needs for a route, on a handler or a whole controller.
 * A route with neither this nor `Public` fails the boot.
 */
export const Permission = (name: string) =>
  applyDecorators(SetMetadata(permissionKey, name), ApiBearerAuth(), ApiExtension('x-permission', name));

/** Needs a valid token and nothing more: for what concerns the caller alone, such as their own profile. */
export const SignedIn = () => applyDecorators(SetMetadata(permissionKey, ''), ApiBearerAuth());

/** Open to everybody, without a token. */
export const Public = () => SetMetadata(publicKey, true);

/** Permission of the operating routes every service has: `<service>.ops.manage`. */
export const OpsPermission = () => Permission(`${servicePlaceholder}.ops.manage`);

/** What a route demands; undefined when it says nothing, which the boot refuses. */
export type Access = 'public' | { permission: string };

type Target = ReturnType<ExecutionContext['getHandler']>;

/** A handler's own word wins over its controller's. */
export function accessOf(reflector: Reflector, handler: Target, controller: Target): Access | undefined {
  for (const target of [handler, controller]) {
    const permission = reflector.get<string | undefined>(permissionKey, target);
    if (permission !== undefined) return { permission };
    if (reflector.get<boolean | undefined>(publicKey, target) === true) return 'public';
  }
  return undefined;
}
