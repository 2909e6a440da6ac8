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
  let at: unknown = error;
  // By shape, not by class: errors of native code and of other realms are not instances of our Error.
  for (let depth = 0; isObject(at) && depth < 5; depth += 1) {
    if (at instanceof DatabaseBusyError || isUnavailableCode(at['code']) || saysUnavailable(at['name'], at['message'])) return true;
    at = at['driverError'] ?? at['cause'];
  }
  return false;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Extended result codes of SQLite (`SQLITE_IOERR_WRITE`) begin with the code they extend. */
function isUnavailableCode(code: unknown): boolean {
  return typeof code === 'string' && (unavailableCodes.has(code) || unavailableCodes.has(code.split('_').slice(0, 2).join('_')));
}

/** What the drivers say without a code. */
function saysUnavailable(name: unknown, message: unknown): boolean {
  if (name === 'DataSourceNotInitializedError' || name === 'CannotExecuteNotConnectedError' || name === 'DriverNotConnectedError')
    return true;
  return (
    typeof message === 'string' &&
    /^(?:\w*Error: )?(?:Pool is closed|Queue limit reached|Can't add new command when connection is in closed state|The database connection is not open)/.test(
      message,
    )
  );
}
