import { DatabaseBusyError } from '../database/database.errors';

/** Driver codes that say: the database cannot be reached or refuses to work right now. Not: the statement is wrong. */
const unavailableCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'EHOSTUNREACH',
  'ETIMEDOUT',
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR',
  'PROTOCOL_ENQUEUE_AFTER_QUIT',
  'ER_SERVER_SHUTDOWN',
  'ER_CON_COUNT_ERROR',
  'ER_TOO_MANY_USER_CONNECTIONS',
  'ER_OPTION_PREVENTS_STATEMENT',
  'ER_READ_ONLY_MODE',
  'ER_DISK_FULL',
  'ER_LOCK_WAIT_TIMEOUT',
  'ER_LOCK_DEADLOCK',
  'ER_QUERY_INTERRUPTED',
  'ER_STATEMENT_TIMEOUT',
  'SQLITE_BUSY',
  'SQLITE_LOCKED',
  'SQLITE_FULL',
  'SQLITE_IOERR',
  'SQLITE_CANTOPEN',
  'SQLITE_READONLY',
]);

/**
 * Whether an error means that the database is not available, so that asking again later may work: answered as 503
 * with Retry-After instead of 500. A deadlock or lock timeout arrives here only after the kit has used up its retries.
 */
export function isDatabaseUnavailable(error: unknown): boolean {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; depth += 1) {
    const code: unknown = 'code' in at ? at.code : undefined;
    if (typeof code === 'string' && (unavailableCodes.has(code) || unavailableCodes.has(code.split('_').slice(0, 2).join('_')))) {
      return true;
    }
    if (at instanceof DatabaseBusyError) return true;
    if (/^(Pool is closed|Queue limit reached|Can't add new command when connection is in closed state)/.test(at.message)) return true;
    if (at.name === 'DataSourceNotInitializedError' || at.name === 'CannotExecuteNotConnectedError') return true;
    at = 'driverError' in at ? at.driverError : at.cause;
  }
  return false;
}
