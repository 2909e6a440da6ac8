import { Injectable } from '@nestjs/common';
import type { Tx } from '@concentric/service-kit';
import { BindingRepository } from '../binding/binding.repository';
import { splitBy, type DuePurchase } from '../commission/decision.rules';
import { NetworkRepository } from '../hierarchy/network.repository';
import { PlanRepository } from '../plan/plan.repository';
import { PurchaseQueue } from '../purchase/purchase-queue.repository';
import { RecalculationDifferences, type Disagreement } from './recalculation-difference.repository';
import { differencesOf, netOfRefunds, type ShareOfLine } from './recalculation.rules';

/** Compares what a plan version would have given for orders, net of what was refunded, with what is booked for them. */
@Injectable()
export class RecalculationComparison {
  constructor(
    private readonly plans: PlanRepository,
    private readonly networks: NetworkRepository,
    private readonly bindings: BindingRepository,
    private readonly queue: PurchaseQueue,
    private readonly differences: RecalculationDifferences,
  ) {}

  /** Orders that the plan version cannot split (no cost, beyond its budget) are skipped: they stay as they are. */
  async of(
    tx: Tx,
    brandId: string,
    planVersionId: string,
    orders: readonly DuePurchase[],
  ): Promise<{ found: Disagreement[]; skipped: number }> {
    const [plan] = await this.plans.stored(tx, brandId, planVersionId);
    if (!plan) throw new Error(`plan version ${planVersionId} has gone`);
    const loaded = await this.networks.current(tx, brandId);
    const ids = orders.map(({ data }) => data.orderId);
    const bound = await this.bindings.ofOrders(tx, ids);
    const refunded = await this.queue.refunded(tx, ids);
    const booked = await this.differences.booked(tx, ids);
    const found: Disagreement[] = [];
    let skipped = 0;
    const refundedOf = (orderId: string, lineNo: number) => refunded.get(`${orderId}/${lineNo}`) ?? 0;
    // A cost that was entered after the order had been paid by another is put right here, by two people.
    for (const order of await this.queue.relearnt(tx, brandId, orders)) {
      const decided = splitBy(plan, order, bound.get(order.data.orderId) ?? null, loaded);
      if ('held' in decided) {
        skipped += 1;
        continue;
      }
      const { data } = order;
      const expected = decided.lines.flatMap(({ line, shares }) =>
        shares.map(({ role, partnerId, amountMinor }): ShareOfLine => {
          const left = netOfRefunds(amountMinor, line.netMinor, refundedOf(data.orderId, line.lineNo));
          return { lineNo: line.lineNo, role, partnerId, lineId: null, amountMinor: left };
        }),
      );
      const differences = differencesOf(expected, booked.get(data.orderId) ?? []);
      if (differences.length > 0) found.push({ order: data, differences });
    }
    return { found, skipped };
  }
}
