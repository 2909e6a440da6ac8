let last = 0;

/**
 * Where a message stands in its outbox. Microseconds of the machine, increasing within a process: message
 * ids follow the injected clock, which a replay moves, so they cannot say what was inserted first.
 */
export function nextPosition(): number {
  last = Math.max(last + 1, Date.now() * 1_000);
  return last;
}
