import { Injectable } from '@nestjs/common';
import type { productListQuery, ProductRow } from '@concentric/contracts';
import { Database, idIn, KeysetList, iso, type Page, type SqlFragment } from '@concentric/service-kit';
import type { z } from 'zod';
import { beginsWith } from '../order/prefix.rules';
import { ProductRepository } from './product.repository';

const products = new KeysetList<ProductRow>({
  select: 'SELECT sku, name, category, updated_at FROM product',
  sorts: { sku: { column: 'sku', type: 'text', notNull: true }, updatedAt: { column: 'updated_at', type: 'int', notNull: true } },
  defaultSort: 'sku',
  key: 'sku',
  keyType: 'text',
  row: (raw) => ({
    sku: String(raw['sku']),
    name: String(raw['name']),
    category: typeof raw['category'] === 'string' ? raw['category'] : null,
    costs: [],
    updatedAt: iso(raw['updated_at']),
  }),
});

/** Products with their cost history, as they are read. */
@Injectable()
export class ProductService {
  constructor(
    private readonly database: Database,
    private readonly products: ProductRepository,
  ) {}

  list(brandId: string, query: z.output<typeof productListQuery>): Promise<Page<ProductRow>> {
    const where: SqlFragment[] = [{ sql: 'brand_id = ?', params: [idIn(brandId)] }];
    if (query.category) where.push({ sql: 'category = ?', params: [query.category] });
    if (query.q) where.push(beginsWith('sku', query.q));
    return this.database.read(async (tx) => {
      const page = await products.page(tx, { query, where });
      const known = await this.products.bySku(
        tx,
        brandId,
        page.data.map((product) => product.sku),
      );
      for (const product of page.data) {
        const costs = [...(known.get(product.sku)?.costs ?? [])].map(([from, unitCostMinor]) => ({ from, unitCostMinor }));
        product.costs = costs.sort((a, b) => (a.from < b.from ? 1 : -1));
      }
      return page;
    });
  }
}
