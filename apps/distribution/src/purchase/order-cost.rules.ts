import type { PurchaseAttributed } from '@concentric/contracts';
import { unitCostOn } from '@concentric/money';

/** What a whole line cost that came without its cost, in minor units. */
export interface LineCost {
  lineNo: number;
  costMinor: number;
}

/**
 * What the lines of one product cost that came without their cost, by its costs as of the order's business date (inv 7);
 * none where that is not known, or more than can be kept exactly.
 * @param costs unit costs in minor units by the date from which each counts
 */
export function costsOfLines(order: PurchaseAttributed, sku: string, costs: ReadonlyMap<string, number>): LineCost[] {
  const unit = unitCostOn(costs, order.businessDate);
  if (unit === null) return [];
  const found = order.lines
    .filter((line) => line.sku === sku && line.costMinor === null)
    .map(({ lineNo, quantity }) => ({ lineNo, costMinor: unit * quantity }));
  return found.every(({ costMinor }) => Number.isSafeInteger(costMinor)) ? found : [];
}

/** The order with what its lines cost that came without. */
export function withCosts(order: PurchaseAttributed, given: readonly LineCost[]): PurchaseAttributed {
  if (given.length === 0) return order;
  const costs = new Map(given.map(({ lineNo, costMinor }) => [lineNo, costMinor]));
  return { ...order, lines: order.lines.map((line) => ({ ...line, costMinor: line.costMinor ?? costs.get(line.lineNo) ?? null })) };
}

/** The order with what its lines that were given a cost are known to have cost by now; one that is no longer to be told stays. */
export function relearnt(
  order: PurchaseAttributed,
  given: readonly LineCost[],
  costs: ReadonlyMap<string, ReadonlyMap<string, number>>,
): PurchaseAttributed {
  const numbers = new Set(given.map(({ lineNo }) => lineNo));
  const bare = { ...order, lines: order.lines.map((line) => (numbers.has(line.lineNo) ? { ...line, costMinor: null } : line)) };
  const skus = new Set(bare.lines.filter((line) => numbers.has(line.lineNo)).map(({ sku }) => sku));
  const now = [...skus].flatMap((sku) => costsOfLines(bare, sku, costs.get(sku) ?? new Map()));
  return withCosts(withCosts(bare, now), given);
}

/** As the columns `body` and `costs` of `purchase` have it. */
export function orderOf(row: Record<string, unknown>): { data: PurchaseAttributed; given: LineCost[] } {
  const given = row.costs === null ? [] : (JSON.parse(row.costs as string) as LineCost[]);
  return { data: withCosts(JSON.parse(row.body as string) as PurchaseAttributed, given), given };
}
