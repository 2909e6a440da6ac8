import { applyDecorators, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import { ApiExtension } from '@nestjs/swagger';

const rowScopeKey = 'concentric:row-scope';

const answersEveryScope = (how: 'narrowed' | 'no-rows') => applyDecorators(SetMetadata(rowScopeKey, how), ApiExtension('x-row-scope', how));

/**
 * The route narrows what it shows and changes to the rows of the caller's scope. Routes without this or `HoldsNoRows`
 * concern the whole brand: they refuse whoever does not see all of it, with 403 `whole_brand_only`.
 */
export const NarrowsToScope = () => answersEveryScope('narrowed');

/** The route answers what is the same for everybody and says nothing about a partner, a person or money. */
export const HoldsNoRows = () => answersEveryScope('no-rows');

type Target = ReturnType<ExecutionContext['getHandler']>;

/** Whether a handler declares by itself that it answers callers who do not see all rows; a controller cannot say it for all of its routes. */
export function answersNarrowScopes(reflector: Reflector, handler: Target): boolean {
  return reflector.get<string | undefined>(rowScopeKey, handler) !== undefined;
}
