import { setTimeout as delay } from 'node:timers/promises';

/**
 * Polls until the probe has a result: neither undefined nor false. A probe that throws is asked again.
 * @param what named in the failure: "the payout is booked"
 * @throws Error with `what` and what the probe last said
 */
export async function eventually<T>(what: string, probe: () => Promise<T | undefined | false>, timeoutMs = 30_000): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  let last: unknown = 'nothing';
  for (let pause = 5; ; pause = Math.min(pause * 1.5, 200)) {
    try {
      const result = await probe();
      if (result !== undefined && result !== false) return result;
      last = result;
    } catch (error) {
      last = error;
    }
    if (Date.now() >= deadline)
      throw new Error(`waited ${timeoutMs} ms for: ${what}; the last probe gave ${last instanceof Error ? last.message : String(last)}`, {
        cause: last,
      });
    await delay(pause);
  }
}
