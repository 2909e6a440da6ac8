import { DomainError, invalid } from '../domain.errors';

export const idempotencyKeyMissing = () =>
  invalid([
    {
      field: 'Idempotency-Key',
      code: 'idempotency_key_missing',
      message: 'the header is missing or not 1 to 200 visible ASCII characters',
      remedy: 'Send a key of your own, unique per change, and the same one when you repeat the request.',
    },
  ]);

export const idempotencyKeyReused = () =>
  new DomainError({
    code: 'idempotency_key_reused',
    status: 422,
    title: 'This Idempotency-Key was used for another input',
    detail: 'Use a new key for a new change',
  });

export const idempotencyKeyRunning = () =>
  new DomainError({
    code: 'idempotency_key_running',
    status: 409,
    title: 'A request with this Idempotency-Key is still running',
    detail: 'Repeat it shortly to get its answer',
    retryAfter: 1,
  });
