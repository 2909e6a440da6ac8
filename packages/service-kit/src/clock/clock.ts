/** The only source of "now" in business code. */
export abstract class Clock {
  /** @returns epoch milliseconds */
  abstract now(): number;

  /** @returns the same instant as ISO 8601 in UTC with milliseconds */
  iso(): string {
    return new Date(this.now()).toISOString();
  }

  /** Calls `listener` whenever the time has been moved by hand: what waits for a moment may find that it has passed. */
  onMoved(_listener: () => void): void {
    // Time that passes by itself moves nobody.
  }
}

export class SystemClock extends Clock {
  override now(): number {
    return Date.now();
  }
}

/** A clock that is told the time: replays and tests. Follows the system until it is set. */
export class SimulatedClock extends Clock {
  private simulated: number | null = null;
  private latest = Number.NEGATIVE_INFINITY;
  private readonly listeners: (() => void)[] = [];

  override onMoved(listener: () => void): void {
    this.listeners.push(listener);
  }

  override now(): number {
    return this.simulated ?? Date.now();
  }

  /**
   * @param now epoch milliseconds, or null to follow the system again
   * @throws RangeError when the time would go backwards: deadlines already acted on would lie in the future again.
   *   The first set may be earlier than the system's time, since a replay starts in the past.
   */
  set(now: number | null): void {
    const next = now ?? Date.now();
    if (!Number.isSafeInteger(next)) throw new RangeError(`simulated time ${String(now)} is not in epoch milliseconds`);
    if (next < this.latest) {
      throw new RangeError(`simulated time may not go back from ${new Date(this.latest).toISOString()} to ${new Date(next).toISOString()}`);
    }
    this.simulated = now;
    this.latest = now ?? this.latest;
    for (const listener of this.listeners) listener();
  }
}
