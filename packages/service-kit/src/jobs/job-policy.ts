/** How long a worker owns a job without a sign of life, and how often a failing one is tried. */
export interface JobPolicy {
  readonly leaseMs: number;
  /** Wait before the 2nd, 3rd, … attempt; one more attempt than there are waits. A daily job repeats the last for ever. */
  readonly waitsMs: readonly number[];
}

export const defaultJobPolicy: JobPolicy = { leaseMs: 30_000, waitsMs: [1_000, 5_000, 30_000, 120_000] };

/** Injects the job policy of a service. */
export const JOB_POLICY = Symbol('JobPolicy');
