import { Injectable } from '@nestjs/common';
import { idIn, idOut, insertRows, int, selectIn, type Tx } from '@concentric/service-kit';
import { personAt, type Merge } from './merge.rules';

@Injectable()
export class MergeRepository {
  /** Every merge that these persons, or those they live on as, went through; by retired person. */
  async of(tx: Tx, customerIds: readonly string[]): Promise<Map<string, Merge>> {
    const merges = new Map<string, Merge>();
    for (let asked = customerIds; asked.length > 0;) {
      const found = await this.by(tx, 'retired_id', asked);
      for (const merge of found) merges.set(merge.retiredId, merge);
      asked = [...new Set(found.map((merge) => merge.customerId))].filter((id) => !merges.has(id));
    }
    return merges;
  }

  /** Every id that these persons, or those they live on as, have ever had, to the one they live on as; their own, too. */
  async everyIdOf(tx: Tx, customerIds: readonly string[]): Promise<Map<string, string>> {
    const merges = await this.of(tx, customerIds);
    const living = new Set(customerIds.map((id) => personAt(id, Infinity, merges)));
    const ids = new Map([...living].map((id) => [id, id]));
    for (let asked = [...living]; asked.length > 0;) {
      const found = (await this.by(tx, 'customer_id', asked)).filter(({ retiredId }) => !ids.has(retiredId));
      for (const { retiredId, customerId } of found) ids.set(retiredId, ids.get(customerId)!);
      asked = found.map(({ retiredId }) => retiredId);
    }
    return ids;
  }

  /** Keeps merges that were not known yet. Raises a duplicate-key error for a person who was merged before. */
  async add(tx: Tx, brandId: string, merges: readonly Merge[]): Promise<void> {
    const rows = merges.map((merge) => [
      idIn(merge.retiredId),
      idIn(brandId),
      idIn(merge.customerId),
      merge.occurredAt,
      idIn(merge.orderId),
    ]);
    await insertRows(tx, 'customer_merge', ['retired_id', 'brand_id', 'customer_id', 'occurred_at', 'order_id'], rows);
  }

  private async by(tx: Tx, column: 'retired_id' | 'customer_id', customerIds: readonly string[]): Promise<Merge[]> {
    const rows = await selectIn<Record<string, unknown>>(
      tx,
      `SELECT retired_id, customer_id, occurred_at, order_id FROM customer_merge WHERE ${column} IN (?in)`,
      customerIds.map(idIn),
    );
    return rows.map((row) => ({
      retiredId: idOut(row.retired_id as Buffer),
      customerId: idOut(row.customer_id as Buffer),
      occurredAt: int(row.occurred_at),
      orderId: idOut(row.order_id as Buffer),
    }));
  }
}
