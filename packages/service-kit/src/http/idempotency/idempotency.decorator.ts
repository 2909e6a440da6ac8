import {
  applyDecorators,
  type CallHandler,
  createParamDecorator,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { Observable } from 'rxjs';
import { operatorOf } from '../../auth/operator';
import { idempotencyKeyMissing } from './idempotency.errors';
import { readIdempotencyKey } from './idempotency.rules';
import type { IdempotencyUse } from './idempotency.service';

@Injectable()
class IdempotencyKeyInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<Request>();
    if (readIdempotencyKey(request.headers['idempotency-key']) === undefined) throw idempotencyKeyMissing();
    return next.handle();
  }
}

/** The route needs an Idempotency-Key header (400 without); its handler passes `@IdempotencyScope()` to `Idempotency.run`. */
export const Idempotent = () =>
  applyDecorators(
    UseInterceptors(IdempotencyKeyInterceptor),
    ApiHeader({
      name: 'Idempotency-Key',
      required: true,
      description: 'Unique per change; the same key and body return the first answer. Keys do not expire.',
      schema: { type: 'string', minLength: 1, maxLength: 200 },
    }),
  );

/** What `Idempotency.run` needs to know of this request, as a handler parameter. */
export const IdempotencyScope = createParamDecorator((_: unknown, context: ExecutionContext): IdempotencyUse => {
  const request = context.switchToHttp().getRequest<Request>();
  const response = context.switchToHttp().getResponse<Response>();
  const key = readIdempotencyKey(request.headers['idempotency-key']);
  if (key === undefined) throw idempotencyKeyMissing();
  const body: unknown = request.body;
  return {
    operatorId: operatorOf(request)?.id ?? '',
    route: `${request.method} ${request.baseUrl}${request.path}`,
    key,
    body: Object.keys(request.query).length === 0 ? body : { body, query: request.query },
    onReplay: () => response.setHeader('Idempotency-Replayed', 'true'),
  };
});
