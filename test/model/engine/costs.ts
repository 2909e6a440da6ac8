import type { Line } from './order';
import type { WaitingOrder } from './waiting';

/** What one piece of each product costs from a date on. */
export class Costs {
  private readonly known: { sku: string; from: string; each: bigint }[] = [];

  add(sku: string, from: string, each: bigint): void {
    this.known.push({ sku, from, each });
  }

  /** All lines of a product that came without their cost get it by the order's date, once it is asked for; false: it is not known. */
  learn({ it, date, costs }: WaitingOrder, sku: string): boolean {
    const found = this.ofLines(
      it.lines.filter((line) => line.sku === sku && line.cost === null),
      date,
    );
    for (const [lineNo, cost] of found) costs.set(lineNo, cost);
    return found.size > 0;
  }

  /** What those lines are known to have cost by now. */
  byNow({ it, date, costs }: WaitingOrder): Map<number, bigint> {
    return this.ofLines(
      it.lines.filter(({ lineNo }) => costs.has(lineNo)),
      date,
    );
  }

  /** What these lines cost on a date, by their numbers; those of a product whose cost is not known are left out. */
  private ofLines(lines: readonly Line[], date: string): Map<number, bigint> {
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
