import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { Problem } from '@concentric/contracts';
import type { Response } from 'express';
import { type Observable, throwError } from 'rxjs';
import { correlation } from '../observability/correlation';
import { asDomainError } from './problem.rules';

/** The one place where errors become answers: RFC 9457 with a stable code and the correlation id as instance. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');

  catch(thrown: unknown, host: ArgumentsHost): Observable<never> | undefined {
    // A consumer's failure must keep its original error: it decides about retry and stands in the dead letter.
    if (host.getType() !== 'http') return throwError(() => thrown);
    const { error, expected } = asDomainError(thrown);
    const response = host.switchToHttp().getResponse<Response>();
    if (!expected) this.logger.error(thrown instanceof Error ? { err: thrown, msg: error.code } : { msg: error.code });
    if (response.headersSent) {
      // A stream had begun: the only honest signal left is to break the connection.
      response.destroy();
      return undefined;
    }
    const body: Problem = {
      type: `urn:concentric:problem:${error.code}`,
      title: error.title,
      status: error.status,
      code: error.code,
      ...(error.detail === undefined ? {} : { detail: error.detail }),
      instance: correlation.current()?.correlationId ?? 'unknown',
      ...(error.errors === undefined ? {} : { errors: [...error.errors] }),
    };
    if (error.retryAfter !== undefined) response.setHeader('Retry-After', String(error.retryAfter));
    if (error.status === 401) response.setHeader('WWW-Authenticate', 'Bearer realm="concentric"');
    response.status(error.status).type('application/problem+json').send(JSON.stringify(body));
    return undefined;
  }
}
