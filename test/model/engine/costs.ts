import type { Line } from './order';

/** What one piece of each product costs from a date on. */
export class Costs {
  private readonly known: { sku: string; from: string; each: bigint }[] = [];

  add(sku: string, from: string, each: bigint): void {
    this.known.push({ sku, from, each });
  }

  /** What these lines cost on a date, by their numbers; those of a product whose cost is not known are left out. */
  ofLines(lines: readonly Line[], date: string): Map<number, bigint> {
    return new Map(
      lines.flatMap(({ lineNo, sku, quantity }): [number, bigint][] => {
        const each = this.on(sku, date);
        return each === undefined ? [] : [[lineNo, each * quantity]];
      }),
    );
  }

  private on(sku: string, date: string): bigint | undefined {
    const begun = this.known.filter((one) => one.sku === sku && one.from <= date);
    return begun.sort((a, b) => (a.from < b.from ? 1 : -1))[0]?.each;
  }
}
