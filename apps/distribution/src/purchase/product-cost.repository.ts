import { Injectable } from '@nestjs/common';
import type { ProductCosted } from '@concentric/contracts';
import { idIn, insertRows, int, selectIn, type Tx } from '@concentric/service-kit';
import { newFacts } from './repeat.rules';

@Injectable()
export class ProductCosts {
  /** Keeps the costs of a brand; those that are known stay as they are. Raises `contradicting_fact` (inv 13). */
  async add(tx: Tx, brandId: string, costs: readonly ProductCosted[]): Promise<void> {
    const known = await this.of(
      tx,
      brandId,
      costs.map(({ sku }) => sku),
    );
    const fresh = newFacts(
      costs.map(({ sku, costFrom, unitCostMinor }) => ({ id: keyOf(sku, costFrom), data: [sku, costFrom, unitCostMinor] as const })),
      new Map(
        [...known].flatMap(([sku, costOf]) => [...costOf].map(([from, cost]) => [keyOf(sku, from), JSON.stringify([sku, from, cost])])),
      ),
    );
    const rows = fresh.map(({ data }) => [idIn(brandId), ...data]).sort((a, b) => (keyOf(a[1], a[2]) < keyOf(b[1], b[2]) ? -1 : 1));
    await insertRows(tx, 'product_cost', ['brand_id', 'sku', 'cost_from', 'unit_cost_minor'], rows, 'ignore');
  }

  /** Unit costs in minor units by SKU and by the date from which each counts. */
  async of(tx: Tx, brandId: string, skus: readonly string[]): Promise<Map<string, Map<string, number>>> {
    const rows = await selectIn<{ sku: string; cost_from: string; unit_cost_minor: unknown }>(
      tx,
      'SELECT sku, cost_from, unit_cost_minor FROM product_cost WHERE brand_id = ? AND sku IN (?in)',
      [...new Set(skus)],
      [idIn(brandId)],
    );
    const costs = new Map<string, Map<string, number>>();
    for (const row of rows) {
      const ofSku = costs.get(row.sku) ?? new Map<string, number>();
      costs.set(row.sku, ofSku.set(row.cost_from, int(row.unit_cost_minor)));
    }
    return costs;
  }
}

function keyOf(sku: unknown, costFrom: unknown): string {
  return `${String(sku)} ${String(costFrom)}`;
}
