import { applyDecorators } from '@nestjs/common';
import { ApiResponse, type ApiResponseSchemaHost } from '@nestjs/swagger';
import { z } from 'zod';

type Schema = ApiResponseSchemaHost['schema'];

/** A zod schema as OpenAPI describes it. */
export function schemaOf(schema: z.ZodType): Schema {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    target: 'openapi-3.0',
    io: 'output',
    unrepresentable: 'any',
    reused: 'inline',
  });
  return rest as Schema;
}

export interface AnswersOptions {
  /** 200 unless given. Documents only: the status itself is set by Nest's `@HttpCode` (POST answers 201 without it). */
  status?: number;
  description?: string;
  /** Other than application/json, for streams: `application/x-ndjson`, `text/csv`. */
  mediaType?: string;
}

/** Documents what a route answers, by the zod schema in contracts. For streams the schema is that of one line. */
export function Answers(schema: z.ZodType, options: AnswersOptions = {}): MethodDecorator {
  const status = options.status ?? 200;
  const description = options.description ?? 'OK';
  const shape = schemaOf(schema);
  return applyDecorators(ApiResponse({ status, description, content: { [options.mediaType ?? 'application/json']: { schema: shape } } }));
}
