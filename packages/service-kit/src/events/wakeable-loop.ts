/**
 * Repeats a pass whenever woken, and at least every `pollMs`; one pass at a time. A pass answers
 * whether there is more to do at once. An error is reported and followed by a pause, never fatal.
 */
export class WakeableLoop {
  private woken = false;
  private stopped = true;
  private ring: (() => void) | undefined;
  private running: Promise<void> | undefined;

  constructor(
    private readonly pass: () => Promise<boolean>,
    private readonly pollMs: number,
    private readonly onError: (error: unknown) => void,
    private readonly pauseAfterErrorMs = 1_000,
  ) {}

  start(): void {
    if (!this.stopped) return;
    this.stopped = false;
    this.running = this.run();
  }

  wake = (): void => {
    this.woken = true;
    this.ring?.();
  };

  async stop(): Promise<void> {
    this.stopped = true;
    this.ring?.();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      this.woken = false;
      try {
        if (await this.pass()) continue;
        if (!this.woken) await this.sleep(this.pollMs);
      } catch (error) {
        this.onError(error);
        this.woken = false;
        await this.sleep(this.pauseAfterErrorMs);
      }
    }
  }

  private sleep(ms: number): Promise<void> {
    if (this.stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(done, ms);
      function done() {
        clearTimeout(timer);
        resolve();
      }
      this.ring = done;
    });
  }
}
