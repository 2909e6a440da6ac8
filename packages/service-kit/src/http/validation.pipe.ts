import { Injectable, Param, type PipeTransform } from '@nestjs/common';
import { uuid } from '@concentric/contracts';
import { createZodValidationPipe } from 'nestjs-zod';
import { ZodError } from 'zod';
import { invalid, notFound } from './domain.errors';
import { fieldErrors } from './problem.rules';

/** Checks bodies and queries declared as DTOs made from the zod schemas in contracts; 400 `invalid_input` names every field. */
export const ValidationPipe = createZodValidationPipe({
  createValidationException: (error) =>
    error instanceof ZodError ? invalid(fieldErrors(error)) : error instanceof Error ? error : new Error('validation failed'),
});

@Injectable()
class IdPipe implements PipeTransform<unknown, string> {
  constructor(private readonly what: string) {}

  transform(value: unknown): string {
    if (typeof value !== 'string' || !uuid.safeParse(value).success) throw notFound(this.what);
    return value;
  }
}

/**
 * A path parameter that is an id: what is not a UUID exists nowhere and is answered 404 `<what>_not_found`, before it
 * can reach a query. `what` defaults to the parameter's name without `Id`.
 */
export const IdParam = (name: string, what = name.replace(/Id$/, '').replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)) =>
  Param(name, new IdPipe(what));
