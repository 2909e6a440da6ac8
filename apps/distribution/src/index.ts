import type { ServiceDefinition } from '@concentric/service-kit';
import { migrations } from '../migrations';
import { DistributionModule } from './distribution.module';
import { entities } from './entities';

/** Channel partners, bindings, plans, commission, the books and their statements. */
export const definition: ServiceDefinition = {
  name: 'distribution',
  module: DistributionModule,
  entities,
  migrations,
  scope: { network: true },
};

export { controls, fromTheBeginning } from './control/control.rules';
/** For proofs that hand the service its messages and jobs one by one. */
export { ArrivalSignal } from './purchase/arrival-signal.service';
export { NoteSealWhenIntakeSealed } from './purchase/note-seal-when-intake-sealed.consumer';
export { QueuePurchaseWhenPurchaseAttributed } from './purchase/queue-purchase-when-purchase-attributed.consumer';
export { KeepCostWhenProductCosted } from './purchase/keep-cost-when-product-costed.consumer';
export { QueueRefundWhenOrderRefunded } from './purchase/queue-refund-when-order-refunded.consumer';
export { BookRecalculationJob } from './recalculation/book-recalculation.job';
export { ComputeRecalculationJob } from './recalculation/compute-recalculation.job';
export { AdvanceBrandsJob } from './settlement/advance-brands.job';
