import { Injectable } from '@nestjs/common';
import { productCosted, productInput } from '@concentric/contracts';
import { Audit, Clock, Outbox, type Tx } from '@concentric/service-kit';
import type { BrandRules } from '../brand/brand.rules';
import type { IntakeRow, PublishedDays, Tally } from '../intake/intake.rules';
import { ProductRepository, type NewCost } from './product.repository';
import { applyProduct, type ProductState, type ValidProduct } from './product.rules';

/** Takes products and their dated costs in, whole batches at a time. */
@Injectable()
export class ProductIntakeService {
  readonly schema = productInput;
  readonly nameField = 'sku';
  readonly lock = 'share';

  constructor(
    private readonly products: ProductRepository,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Refuses rows with cost_changed, cost_required and no_such_date. */
  async store(
    tx: Tx,
    brand: BrandRules,
    rows: readonly IntakeRow<ValidProduct>[],
    tally: Tally,
    _published: PublishedDays,
    actorId: string,
  ): Promise<void> {
    const known = await this.products.bySku(
      tx,
      brand.brandId,
      rows.map((row) => row.value.sku),
    );
    const isStored = new Set(known.keys());
    const changed = new Map<string, ProductState>();
    const costs: NewCost[] = [];
    for (const { index, value } of rows) {
      const change = applyProduct(known.get(value.sku), value);
      if (Array.isArray(change)) {
        tally.reject(index, value.sku, change);
        continue;
      }
      known.set(value.sku, change.state);
      if (change.changed) changed.set(value.sku, change.state);
      if (change.addedCost) costs.push({ sku: value.sku, ...change.addedCost });
      if (change.changed || change.addedCost) tally.accept();
      else tally.leave();
    }
    const bySku = [...changed.values()].sort((a, b) => (a.sku < b.sku ? -1 : 1));
    const now = this.clock.now();
    await this.products.insert(
      tx,
      brand.brandId,
      bySku.filter((product) => !isStored.has(product.sku)),
      now,
    );
    await this.products.update(
      tx,
      brand.brandId,
      bySku.filter((product) => isStored.has(product.sku)),
      now,
    );
    await this.products.addCosts(tx, brand.brandId, costs);
    await this.audit.record(
      tx,
      costs.map(({ sku, from, unitCostMinor }) => ({
        actorId,
        action: 'product.costed',
        entityType: 'product',
        entityId: sku,
        brandId: brand.brandId,
        after: { costFrom: from, unitCostMinor },
      })),
    );
    await this.outbox.add(
      tx,
      productCosted,
      costs.map(({ sku, from, unitCostMinor }) => ({ brandId: brand.brandId, sku, costFrom: from, unitCostMinor })),
    );
  }
}
