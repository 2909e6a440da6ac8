import { HttpException } from '@nestjs/common';
import type { FieldError } from '@concentric/contracts';
import { ZodError } from 'zod';
import { isDatabaseUnavailable } from './database-unavailable.rules';
import { DomainError, invalid } from './domain.errors';

/** Codes and titles of what the framework refuses by itself. */
const byStatus: Record<number, { code: string; title: string; detail?: string }> = {
  400: { code: 'bad_request', title: 'The request could not be understood' },
  401: { code: 'not_signed_in', title: 'A valid token is needed' },
  403: { code: 'not_permitted', title: 'Your roles do not permit this' },
  404: { code: 'no_such_route', title: 'There is nothing at this address' },
  405: { code: 'method_not_allowed', title: 'This address does not answer that method' },
  408: { code: 'request_timeout', title: 'The request took too long to arrive' },
  413: { code: 'body_too_large', title: 'The body is larger than this route accepts' },
  415: { code: 'unsupported_media_type', title: 'Send the body as application/json' },
  429: { code: 'too_many_requests', title: 'Too many requests, try again later' },
  503: { code: 'unavailable', title: 'Temporarily unavailable, try again later' },
};

const remedyByIssue: Record<string, string> = {
  unrecognized_keys: 'Remove the fields that are not part of this request.',
  invalid_type: 'Send the type that is expected.',
  too_small: 'Send a larger or longer value.',
  too_big: 'Send a smaller or shorter value.',
  invalid_format: 'Follow the format given in the message.',
  invalid_value: 'Use one of the values given in the message.',
  invalid_union: 'Send one of the accepted shapes.',
};

/** `lines[0].sku` out of `['lines', 0, 'sku']`. */
export function fieldPath(path: readonly PropertyKey[]): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`;
    else text += text === '' ? String(part) : `.${String(part)}`;
  }
  return text.slice(0, 300);
}

/**
 * What a zod schema found wrong, as field errors with a remedy; at most 100, so that a hostile body does not come back
 * multiplied. Values are never repeated: they may be personal data.
 */
export function fieldErrors(error: ZodError): FieldError[] {
  return error.issues.slice(0, 100).map((issue) => {
    const field = fieldPath(issue.path);
    return {
      field: issue.code === 'unrecognized_keys' ? fieldPath([...issue.path, issue.keys[0] ?? '']) : field,
      code: issue.code,
      message: issue.message.slice(0, 500),
      // A rule of a schema's own says in its message what is wanted.
      remedy: remedyByIssue[issue.code] ?? 'Send a value as the message asks for.',
    };
  });
}

/**
 * Every error as a domain error. What is not known becomes a 500 that says nothing about the inside;
 * `expected` tells the filter whether to log it as a fault.
 */
export function asDomainError(error: unknown): { error: DomainError; expected: boolean } {
  if (error instanceof DomainError) return { error, expected: true };
  if (error instanceof ZodError) return { error: invalid(fieldErrors(error)), expected: true };
  if (isDatabaseUnavailable(error)) {
    return {
      error: new DomainError({
        code: 'database_unavailable',
        status: 503,
        title: 'The database is not available at the moment; nothing was changed unless a repetition says so',
        retryAfter: 5,
      }),
      expected: false,
    };
  }
  if (error instanceof HttpException) {
    const status = error.getStatus();
    const known = byStatus[status] ?? { code: 'request_refused', title: 'The request was refused' };
    return { error: new DomainError({ ...known, status }), expected: status < 500 };
  }
  return {
    error: new DomainError({ code: 'internal_error', status: 500, title: 'Something went wrong on our side' }),
    expected: false,
  };
}
