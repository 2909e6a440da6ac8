import type { ExecutionContext } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum';
import type { FieldError } from '@concentric/contracts';
import { isZodDto } from 'nestjs-zod/dto';
import { z } from 'zod';

/** Names of the query parameters that a route takes: the fields of its `@Query()` DTO, none without one. */
export function queryParametersOf(context: ExecutionContext): string[] {
  const [controller, { name }] = [context.getClass(), context.getHandler()];
  const args = Object.keys((Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, name) as object | undefined) ?? {});
  const at = args.find((key) => key.startsWith(`${RouteParamtypes.QUERY}:`))?.split(':')[1];
  if (at === undefined) return [];
  const dto = (Reflect.getMetadata('design:paramtypes', controller.prototype as object, name) as unknown[])[Number(at)];
  if (!isZodDto(dto) || !(dto.schema instanceof z.ZodObject)) throw new Error(`${controller.name}.${name} takes a query that is no DTO`);
  return Object.keys(dto.schema.shape);
}

/** A filter that is misspelt would otherwise show everything, as if it had been met. */
export function unknownParameters(query: object, known: readonly string[]): FieldError[] {
  return Object.keys(query)
    .filter((name) => !known.includes(name))
    .slice(0, 100)
    .map((name) => ({
      field: name.slice(0, 300),
      code: 'unknown_parameter',
      message: 'this address takes no such parameter',
      remedy: known.length === 0 ? 'Leave it out: none is taken here.' : `Use one of ${known.join(', ')}.`,
    }));
}
