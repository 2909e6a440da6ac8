/** Random choices that follow from a seed (mulberry32). */
export class Random {
  constructor(private state: number) {}

  /** From `min` to `max`, both included. */
  int(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1));
  }

  chance(percent: number): boolean {
    return this.int(1, 100) <= percent;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.int(0, list.length - 1)]!;
  }

  /** Amounts biased to 0, 1, ties and everyday prices, and now and then very large. */
  amount(): bigint {
    return this.pick([
      () => 0n,
      () => 1n,
      () => 1_000n,
      () => BigInt(this.int(2, 20_000)),
      () => BigInt(this.int(2, 20_000)),
      () => BigInt(this.int(1, 900_000_000)) * 1_000n,
    ])();
  }

  uuid(): string {
    const hex = Array.from({ length: 32 }, () => this.int(0, 15).toString(16)).join('');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
  }

  private next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }
}
