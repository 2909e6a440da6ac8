import { Injectable } from '@nestjs/common';
import { Clock, idIn, insertRows, newId, type Tx } from '@concentric/service-kit';
import type { DataOf, customersMerged } from '@concentric/contracts';
import { BindingRepository } from './binding.repository';
import { mergeBindings } from './merge.rules';

@Injectable()
export class MergeService {
  constructor(
    private readonly bindings: BindingRepository,
    private readonly clock: Clock,
  ) {}

  /** Carries the bindings of a retired person over to the surviving one; what was earned by them stays as it was. */
  async merge(tx: Tx, merge: DataOf<typeof customersMerged>): Promise<void> {
    const found = await this.bindings.ofCustomers(tx, [merge.fromCustomerId, merge.intoCustomerId]);
    const active = (customerId: string) => found.get(customerId)?.find((binding) => binding.validTo === null);
    const outcome = mergeBindings(active(merge.fromCustomerId), active(merge.intoCustomerId), merge.intoCustomerId, Date.parse(merge.occurredAt), () => newId(this.clock));
    await this.bindings.end(tx, outcome.ended.map((binding) => ({ binding, reason: 'merged' })));
    if (!outcome.created) return;
    const { created } = outcome;
    await insertRows(
      tx,
      'binding',
      ['binding_id', 'brand_id', 'customer_id', 'partner_id', 'valid_from', 'last_purchase_at', 'reason', 'decided_at'],
      [[idIn(created.bindingId), idIn(merge.brandId), idIn(created.customerId), idIn(created.partnerId), created.validFrom, created.lastPurchaseAt, 'merged', this.clock.now()]],
    );
    await this.bindings.announce(tx, merge.brandId, [{ ...created, reason: 'merged' }]);
  }
}
