import { DomainError, conflict, notFound, refusedByRules, type Refusal } from '@concentric/service-kit';

/** The same id arrived with another content: quarantined, never overwritten. */
export class ContradictingFact extends DomainError {
  constructor(id: string) {
    super({ code: 'contradicting_fact', status: 409, title: 'The same id arrived with another content', detail: id });
  }
}

export const notHeld = (orderId: string) =>
  conflict('order_not_held', 'This order is not held', `Order ${orderId} has been decided already or is still in the queue.`);
export const refundNotHeld = (refundId: string) =>
  conflict('refund_not_held', 'This refund is not held', `Refund ${refundId} has been taken back already or is still in the queue.`);
export const heldRefused = (refusal: Refusal) => refusedByRules('This cannot be done to the order now', refusal);
export const unknownOrder = (orderId: string) => notFound('order', orderId);
export const refundRefused = (refusal: Refusal) => refusedByRules('This cannot be done to the refund now', refusal);
export const unknownRefund = (refundId: string) => notFound('refund', refundId);
