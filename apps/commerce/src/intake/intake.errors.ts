import type { FieldError } from '@concentric/contracts';
import { DomainError, invalid } from '@concentric/service-kit';

const conflicts = new Set(['order_changed', 'refund_changed', 'refund_exceeds', 'order_cancelled', 'line_unknown']);

/** A single record that was refused: 409 where it contradicts what is known, 400 where it is wrong by itself. */
export function refused(errors: readonly FieldError[]): DomainError {
  const contradiction = errors.find((error) => conflicts.has(error.code));
  if (!contradiction) return invalid(errors);
  return new DomainError({
    code: contradiction.code,
    status: 409,
    title: 'The record contradicts what was taken in before',
    detail: contradiction.message,
    errors,
  });
}
