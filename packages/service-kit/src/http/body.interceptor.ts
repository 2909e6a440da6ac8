import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { json, type Request, type RequestHandler, type Response } from 'express';
import type { Observable } from 'rxjs';
import { type BodyKind, bodyKindKey } from './body.decorator';
import { DomainError, invalid } from './domain.errors';
import { HTTP_CONFIG, type HttpConfig } from './http.config';
import { queryParametersOf, unknownParameters } from './list/query-parameters';
import { isStorable, jsonFault, textFault } from './json-input.rules';

/**
 * Reads and checks what came in, after the guards have let the caller through: nobody without a permission can make
 * us parse megabytes, and the route decides how many those may be.
 */
@Injectable()
export class BodyInterceptor implements NestInterceptor {
  private readonly ordinary: RequestHandler;
  private readonly large: RequestHandler;

  constructor(
    private readonly reflector: Reflector,
    @Inject(HTTP_CONFIG) config: HttpConfig,
  ) {
    const type = ['application/json', 'application/*+json'];
    // The limit holds for the inflated body, so a small archive cannot unfold into a large one.
    this.ordinary = json({ limit: config.bodyLimit, strict: true, type });
    this.large = json({ limit: config.largeBodyLimit, strict: true, type });
  }

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    if (context.getType() !== 'http') return next.handle();
    const request = context.switchToHttp().getRequest<Request>();
    refuseUnstorable(request.params, 'path');
    refuseUnstorable(request.query, 'query');
    if (Object.keys(request.query).length > 0) {
      const unknown = unknownParameters(request.query, queryParametersOf(context));
      if (unknown.length > 0) throw invalid(unknown);
    }
    const kind = this.reflector.getAllAndOverride<BodyKind | undefined>(bodyKindKey, [context.getHandler(), context.getClass()]);
    if (kind !== 'stream' && hasBody(request)) {
      await this.parse(request, context.switchToHttp().getResponse<Response>(), kind === 'large' ? this.large : this.ordinary);
      const fault = jsonFault(request.body);
      if (fault !== undefined) throw invalid([fault]);
    }
    return next.handle();
  }

  private async parse(request: Request, response: Response, parser: RequestHandler): Promise<void> {
    if (request.is(['application/json', 'application/*+json']) === false) {
      throw new DomainError({ code: 'unsupported_media_type', status: 415, title: 'Send the body as application/json' });
    }
    await new Promise<void>((resolve, reject) => {
      void parser(request, response, (error?: unknown) => (error === undefined ? resolve() : reject(bodyError(error))));
    });
  }
}

function hasBody(request: Request): boolean {
  if (request.method === 'GET' || request.method === 'HEAD') return false;
  return request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
}

function refuseUnstorable(values: object, where: string): void {
  for (const [name, value] of Object.entries(values)) {
    const texts: unknown[] = Array.isArray(value) ? value : [value];
    if (!isStorable(name)) throw invalid([textFault(where)]);
    if (texts.some((text) => typeof text === 'string' && !isStorable(text))) throw invalid([textFault(name)]);
  }
}

/** What the parser refuses, in our words. Its own messages may quote the body and are dropped. */
function bodyError(error: unknown): unknown {
  const type = typeof error === 'object' && error !== null && 'type' in error ? error.type : undefined;
  switch (type) {
    case 'entity.too.large':
      return new DomainError({
        code: 'body_too_large',
        status: 413,
        title: 'The body is larger than this route accepts',
        detail: 'Send fewer items per request, or use a file import',
      });
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return new DomainError({ code: 'unsupported_media_type', status: 415, title: 'Send the body as UTF-8 JSON, plain or gzip' });
    case 'entity.parse.failed':
    case 'entity.verify.failed':
    case 'request.size.invalid':
    case 'request.aborted':
      return malformed();
    default:
      // Errors of inflating carry no type.
      return error instanceof Error && 'status' in error && error.status === 400 ? malformed() : error;
  }
}

const malformed = () =>
  invalid([
    {
      field: '',
      code: 'malformed_json',
      message: 'the body is not a JSON object or list',
      remedy: 'Check quotes, commas and brackets, and that the whole body is sent.',
    },
  ]);
