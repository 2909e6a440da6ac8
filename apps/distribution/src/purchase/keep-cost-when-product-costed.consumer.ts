import { Controller } from '@nestjs/common';
import { Consumer, type Tx } from '@concentric/service-kit';
import { productCosted, type Event, type ProductCosted } from '@concentric/contracts';
import { ArrivalSignal } from './arrival-signal.service';
import { HeldPurchases } from './held-purchase.service';
import { ProductCosts } from './product-cost.repository';

/** Keeps what products cost, for orders that came without; those that are held for it are tried again. */
@Controller()
export class KeepCostWhenProductCosted {
  constructor(
    private readonly costs: ProductCosts,
    private readonly held: HeldPurchases,
    private readonly arrivals: ArrivalSignal,
  ) {}

  @Consumer('keep-cost-when-product-costed', [productCosted])
  async handle(events: Event<ProductCosted>[], tx: Tx): Promise<void> {
    const costs = events.map(({ data }) => data);
    await this.costs.add(tx, costs);
    for (const brandId of [...new Set(costs.map((cost) => cost.brandId))].sort()) {
      const skus = costs.filter((cost) => cost.brandId === brandId).map(({ sku }) => sku);
      await this.held.retryFor(tx, brandId, 'cost_unknown', [...new Set(skus)]);
    }
    this.arrivals.after(tx);
  }
}
