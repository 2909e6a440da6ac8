import { Injectable } from '@nestjs/common';
import { idIn, idOut, insertRows, int, selectIn, type Tx } from '@concentric/service-kit';
import type { Merge } from './merge.rules';

@Injectable()
export class MergeRepository {
  /** Every merge that these persons, or those they live on as, went through; by retired person. */
  async of(tx: Tx, customerIds: readonly string[]): Promise<Map<string, Merge>> {
    const merges = new Map<string, Merge>();
    for (let asked = customerIds; asked.length > 0;) {
      const rows = await selectIn<Record<string, unknown>>(
        tx,
        'SELECT retired_id, customer_id, occurred_at, order_id FROM customer_merge WHERE retired_id IN (?in)',
        asked.map(idIn),
      );
      const found = rows.map((row): Merge => ({
        retiredId: idOut(row.retired_id as Buffer),
        customerId: idOut(row.customer_id as Buffer),
        occurredAt: int(row.occurred_at),
        orderId: idOut(row.order_id as Buffer),
      }));
      for (const merge of found) merges.set(merge.retiredId, merge);
      asked = [...new Set(found.map((merge) => merge.customerId))].filter((id) => !merges.has(id));
    }
    return merges;
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
}
