import { Catch, type RpcExceptionFilter } from '@nestjs/common';
import { throwError, type Observable } from 'rxjs';

/** Nest answers every unknown error of a message handler with "Internal server error"; a dead letter needs the real one. */
@Catch()
export class KeepOriginalError implements RpcExceptionFilter<unknown> {
  catch(error: unknown): Observable<never> {
    return throwError(() => error);
  }
}
