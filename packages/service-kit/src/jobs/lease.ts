/** Renews a lease while work goes on. A failing renewal is left to the work: its next write finds out. @returns how to end it */
export function keepLease(leaseMs: number, renew: () => Promise<void>): () => void {
  const timer = setInterval(() => void renew().catch(() => undefined), Math.max(50, leaseMs / 3));
  timer.unref();
  return () => clearInterval(timer);
}
