import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';

/** What ties together everything that happens because of one request, event or job. */
export interface CorrelationContext {
  /** Shown to the caller, in logs, audit rows and problems. */
  readonly correlationId: string;
  /** W3C trace context to hand on. */
  readonly traceparent: string;
  /** The service the work runs in: in the all-in-one shape several share one process and one logger. */
  readonly service?: string | undefined;
}

const storage = new AsyncLocalStorage<CorrelationContext>();
const traceparentPattern = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})$/;
// Anything else may carry line breaks or markup into logs, or be long enough to hurt.
const requestIdPattern = /^[A-Za-z0-9._-]{8,64}$/;

export const correlation = {
  /** The context of the work under way, if it has one. */
  current(): CorrelationContext | undefined {
    return storage.getStore();
  },

  /** Runs work, and everything it awaits, in a context. */
  run<T>(context: CorrelationContext, work: () => T): T {
    return storage.run(context, work);
  },

  /**
   * Makes a context from what came in. A sane traceparent is continued with a new span; a sane request id becomes the
   * correlation id; what is missing or malformed is made anew.
   */
  from(incoming: { requestId?: unknown; traceparent?: unknown; service?: string }): CorrelationContext {
    const match = typeof incoming.traceparent === 'string' ? traceparentPattern.exec(incoming.traceparent) : null;
    const traceId = match?.[1] ?? randomBytes(16).toString('hex');
    const flags = match?.[2] ?? '01';
    const requestId = incoming.requestId;
    return {
      correlationId: typeof requestId === 'string' && requestIdPattern.test(requestId) ? requestId : traceId,
      traceparent: `00-${traceId}-${randomBytes(8).toString('hex')}-${flags}`,
      service: incoming.service,
    };
  },
};
