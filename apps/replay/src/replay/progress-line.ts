/** One line that says how far a long run is: rewritten in place on a terminal, now and then a new line elsewhere. */
export class ProgressLine {
  private readonly startedAt = Date.now();
  private shownAt = 0;
  private open = false;

  constructor(private readonly out: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>) {}

  /** Shows a text as it is, at most a few times a second. */
  say(text: string): void {
    const now = Date.now();
    if (now - this.shownAt < (this.out.isTTY ? 200 : 10_000)) return;
    this.shownAt = now;
    this.write(text);
  }

  /** Percent, rate and time left of counted work. */
  count(what: string, done: number, total: number): void {
    const seconds = Math.max(0.001, (Date.now() - this.startedAt) / 1000);
    const share = total === 0 ? 1 : Math.min(1, done / total);
    const left = done === 0 ? '…' : duration((seconds * (total - done)) / done);
    this.say(
      `${(share * 100).toFixed(1).padStart(5)} %  ${what}  ${done} of ${total} orders, ${Math.round(done / seconds)}/s, ${left} left`,
    );
  }

  /** Ends the line and says something that stays. */
  note(text: string): void {
    this.end();
    this.out.write(`${text}\n`);
  }

  end(): void {
    if (this.open) this.out.write('\n');
    this.open = false;
  }

  private write(text: string): void {
    if (!this.out.isTTY) {
      this.out.write(`${text}\n`);
      return;
    }
    this.out.write(`\r\u001b[2K${text}`);
    this.open = true;
  }
}

function duration(seconds: number): string {
  const whole = Math.round(seconds);
  return whole >= 60 ? `${Math.floor(whole / 60)} min ${whole % 60} s` : `${whole} s`;
}
