import { Injectable } from '@nestjs/common';
import { Clock, newId, type Tx } from '@concentric/service-kit';
import type { DistributionSettings } from '@concentric/contracts';
import { BindingRepository } from '../binding/binding.repository';
import { MergeRepository } from '../binding/merge.repository';
import type { Merge } from '../binding/merge.rules';
import { AccountHalts } from '../control/account-halt.repository';
import { NetworkRepository } from '../hierarchy/network.repository';
import { PlanRepository } from '../plan/plan.repository';
import { decide, type Decided, type DecisionContext, type DuePurchase } from './decision.rules';

/** Decides orders whose turn it is: whom their buyers are bound to, and who earns what. */
@Injectable()
export class DecisionService {
  constructor(
    private readonly networks: NetworkRepository,
    private readonly plans: PlanRepository,
    private readonly bindings: BindingRepository,
    private readonly merges: MergeRepository,
    private readonly halts: AccountHalts,
    private readonly clock: Clock,
  ) {}

  /**
   * Decides a batch in order of occurrence and writes whom its buyers are bound to. Returns what becomes of each order.
   * @param costsOf reads what products cost, for lines that came without; asked only where a plan shares the margin
   */
  async decide(
    tx: Tx,
    brandId: string,
    purchases: readonly DuePurchase[],
    settings: DistributionSettings,
    costsOf: () => Promise<DecisionContext['costs']>,
  ): Promise<Decided[]> {
    const customers = [
      ...new Set(purchases.flatMap(({ data }) => (data.customerId === null ? data.merged : [data.customerId, ...data.merged]))),
    ];
    const merges = await this.merges.of(tx, customers);
    const happening = mergesOf(purchases).filter(({ retiredId }) => !merges.has(retiredId));
    for (const merge of happening) merges.set(merge.retiredId, merge);
    const persons = new Set([...customers, ...[...merges.values()].map((merge) => merge.customerId)]);
    const plans = await this.plans.active(tx, brandId);
    const sharesMargin = plans.some(({ rules }) => rules.some(({ base }) => base === 'margin'));
    const { decided, bindings } = decide(purchases, happening, {
      settings,
      plans,
      loaded: await this.networks.current(tx, brandId),
      bindings: await this.bindings.ofCustomers(tx, [...persons]),
      halted: await this.halts.partners(tx, brandId),
      costs: sharesMargin ? await costsOf() : new Map(),
      merges,
      newId: () => newId(this.clock),
    });
    await this.merges.add(tx, brandId, happening);
    await this.bindings.save(tx, brandId, bindings);
    return decided;
  }
}

/** The merges that orders bring about, in order of occurrence; a held order that comes again brings about none. */
function mergesOf(purchases: readonly DuePurchase[]): Merge[] {
  return purchases.flatMap(({ data, occurredAt }) => {
    const { customerId, orderId, merged } = data;
    return customerId === null ? [] : merged.map((retiredId) => ({ retiredId, customerId, occurredAt, orderId }));
  });
}
