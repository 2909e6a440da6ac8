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
    for (const brandId of [...new Set(costs.map((cost) => cost.brandId))].sort()) {
      const own = costs.filter((cost) => cost.brandId === brandId);
      await this.costs.add(tx, brandId, own);
      const from = own.map(({ costFrom }) => costFrom).sort()[0];
      await this.held.retryFor(tx, brandId, 'cost_unknown', [...new Set(own.map(({ sku }) => sku))], from);
    }
    this.arrivals.after(tx);
  }
}
