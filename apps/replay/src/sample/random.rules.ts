/**
 * A small seeded generator (sfc32): the same seed gives the same numbers on every machine, which the platform's own does
 * not promise. Integers only, because what is computed from them must be repeatable to the byte.
 */
export class Random {
  private a: number;
  private b = 0x9e3779b9;
  private c = 0x243f6a88;
  private counter = 1;

  constructor(seed: number) {
    this.a = seed | 0;
    for (let round = 0; round < 15; round += 1) this.next();
  }

  /** @returns an integer from 0 up to and without `limit` */
  below(limit: number): number {
    return this.next() % limit;
  }

  /** @returns an integer from `least` to `most`, both included */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  /** @returns true `share` times in a thousand */
  perMille(share: number): boolean {
    return this.below(1000) < share;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }

  /** @returns a place in the list, as often as its weight says */
  weighted(weights: readonly number[]): number {
    let left = this.below(weights.reduce((sum, weight) => sum + weight, 0));
    for (const [place, weight] of weights.entries()) {
      if (left < weight) return place;
      left -= weight;
    }
    return weights.length - 1;
  }

  private next(): number {
    const sum = (this.a + this.b + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = ((this.c << 21) | (this.c >>> 11)) + sum;
    this.c |= 0;
    return sum >>> 0;
  }
}
