import { Injectable } from '@nestjs/common';
import { idIn, insertRows, int, selectIn, updateRows, type Tx } from '@concentric/service-kit';
import type { ProductState } from './product.rules';

export interface NewCost {
  sku: string;
  from: string;
  unitCostMinor: number;
}

@Injectable()
export class ProductRepository {
  /** Products with their cost history by SKU; what is not there is unknown. */
  async bySku(tx: Tx, brandId: string, skus: Iterable<string>): Promise<Map<string, ProductState>> {
    const wanted = [...new Set(skus)].sort();
    const before = [idIn(brandId)];
    const products = await selectIn<{ sku: string; name: string; category: string | null }>(
      tx,
      'SELECT sku, name, category FROM product WHERE brand_id = ? AND sku IN (?in)',
      wanted,
      before,
    );
    const found = new Map(products.map((row): [string, ProductState] => [row.sku, { ...row, costs: new Map() }]));
    const costs = await selectIn<{ sku: string; cost_from: string; unit_cost_minor: unknown }>(
      tx,
      'SELECT sku, cost_from, unit_cost_minor FROM product_cost WHERE brand_id = ? AND sku IN (?in)',
      [...found.keys()],
      before,
    );
    for (const row of costs) found.get(row.sku)?.costs.set(row.cost_from, int(row.unit_cost_minor));
    return found;
  }

  /** Writes new products, without costs. @param now epoch ms */
  async insert(tx: Tx, brandId: string, products: readonly ProductState[], now: number): Promise<void> {
    const id = idIn(brandId);
    await insertRows(
      tx,
      'product',
      ['brand_id', 'sku', 'name', 'category', 'updated_at'],
      products.map((product) => [id, product.sku, product.name, product.category, now]),
    );
  }

  /** Writes what names and categories products have now. @param now epoch ms */
  async update(tx: Tx, brandId: string, products: readonly ProductState[], now: number): Promise<void> {
    const id = idIn(brandId);
    await updateRows(
      tx,
      'product',
      ['brand_id', 'sku'],
      ['name', 'category', 'updated_at'],
      products.map((product) => [id, product.sku, product.name, product.category, now]),
    );
  }

  /** Adds costs, in minor units, from their dates on. */
  async addCosts(tx: Tx, brandId: string, costs: readonly NewCost[]): Promise<void> {
    const id = idIn(brandId);
    await insertRows(
      tx,
      'product_cost',
      ['brand_id', 'sku', 'cost_from', 'unit_cost_minor'],
      costs.map((cost) => [id, cost.sku, cost.from, cost.unitCostMinor]),
    );
  }
}
