/** An exact fraction. The model rounds nowhere but in `floor`, and floats nowhere at all. */
export class Fraction {
  private constructor(
    private readonly above: bigint,
    /** Positive. */
    private readonly below: bigint,
  ) {}

  static of(above: bigint, below = 1n): Fraction {
    return below < 0n ? new Fraction(-above, -below) : new Fraction(above, below);
  }

  times(other: Fraction): Fraction {
    return new Fraction(this.above * other.above, this.below * other.below);
  }

  /** The greatest integer that is not greater. */
  floor(): bigint {
    const cut = this.above / this.below;
    return this.above < 0n && this.above % this.below !== 0n ? cut - 1n : cut;
  }
}

export const least = (...amounts: bigint[]): bigint => amounts.reduce((a, b) => (a < b ? a : b));
export const most = (...amounts: bigint[]): bigint => amounts.reduce((a, b) => (a > b ? a : b));
export const total = (amounts: Iterable<bigint>): bigint => [...amounts].reduce((a, b) => a + b, 0n);
