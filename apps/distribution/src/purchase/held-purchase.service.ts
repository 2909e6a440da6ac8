import { Injectable } from '@nestjs/common';
import { Database, idIn, selectIn, type Tx } from '@concentric/service-kit';
import { BrandProgress } from './brand-progress.service';

/** The work list of orders that could not be decided yet. */
@Injectable()
export class HeldPurchases {
  constructor(
    private readonly database: Database,
    private readonly progress: BrandProgress,
  ) {}

  /** Orders held for one of these partner codes go back in the queue. */
  async retryUnknownPartners(tx: Tx, brandId: string, codes: readonly string[]): Promise<void> {
    if (codes.length === 0) return;
    // An order that is being held right now, by the network as it was, must be seen here: nobody else would ask for it again.
    await this.progress.lock(tx, brandId);
    const any: unknown[] = await tx.query("SELECT order_id FROM purchase WHERE brand_id = ? AND state = 'HELD' LIMIT 1", [idIn(brandId)]);
    if (any.length === 0) return;
    const rows = await selectIn<{ order_id: Buffer }>(
      tx,
      "SELECT order_id FROM purchase WHERE brand_id = ? AND state = 'HELD' AND held_reason = 'unknown_partner' AND held_detail IN (?in)",
      codes,
      [idIn(brandId)],
    );
    for (const row of rows) await this.requeue(tx, row.order_id);
  }

  /** Orders held because no plan was in force, or because of what it said, are tried again under the new one. */
  async retryAfterPlan(tx: Tx, brandId: string): Promise<void> {
    // As above; a brand whose first orders are being decided has no row yet that its caller could have locked.
    await this.progress.lock(tx, brandId);
    await tx.query("UPDATE purchase SET state = 'PENDING' WHERE brand_id = ? AND state = 'HELD' AND held_reason <> 'unknown_partner'", [
      idIn(brandId),
    ]);
  }

  /** One order is tried again because somebody says that its cause is gone. Returns false when it is not held. */
  async retry(brandId: string, orderId: string): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const rows: unknown[] = await tx.query("SELECT order_id FROM purchase WHERE brand_id = ? AND order_id = ? AND state = 'HELD'", [
        idIn(brandId),
        idIn(orderId),
      ]);
      if (rows.length > 0) await this.requeue(tx, idIn(orderId));
      return rows.length > 0;
    });
  }

  private async requeue(tx: Tx, orderId: Buffer): Promise<void> {
    await tx.query("UPDATE purchase SET state = 'PENDING' WHERE order_id = ? AND state = 'HELD'", [orderId]);
  }
}
