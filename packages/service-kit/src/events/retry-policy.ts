/** How often a failing event is tried, and how long it waits in between. */
export interface RetryPolicy {
  /** Wait before the 2nd, 3rd, … attempt, in milliseconds; one more attempt than there are waits. */
  readonly waitsMs: readonly number[];
  /** Wait while the database or the broker cannot be reached; such attempts are not counted. */
  readonly outageMs: number;
}

/** A little over half a minute: long enough for a missing neighbour, short enough to be noticed. */
export const defaultRetryPolicy: RetryPolicy = { waitsMs: [200, 1_000, 5_000, 30_000], outageMs: 1_000 };

/** Injects the retry policy of a service. */
export const RETRY_POLICY = Symbol('RetryPolicy');
