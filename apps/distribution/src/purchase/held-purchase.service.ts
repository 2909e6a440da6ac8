import { Injectable } from '@nestjs/common';
import { Audit, chunks, Database, execute, idIn, type Operator, type Tx } from '@concentric/service-kit';
import { ArrivalSignal } from './arrival-signal.service';
import { BrandProgress } from './brand-progress.service';
import { notHeld } from './purchase.errors';

const CHUNK = 500;

/** The work list of orders that could not be decided yet. */
@Injectable()
export class HeldPurchases {
  constructor(
    private readonly database: Database,
    private readonly progress: BrandProgress,
    private readonly arrivals: ArrivalSignal,
    private readonly audit: Audit,
  ) {}

  /**
   * Orders held for one of these partner codes, or for the cost of one of these products, go back in the queue.
   * @param from business date (YYYY-MM-DD) of the first that what has become known is about
   */
  async retryFor(
    tx: Tx,
    brandId: string,
    reason: 'unknown_partner' | 'cost_unknown',
    details: readonly string[],
    from = '0001-01-01',
  ): Promise<void> {
    if (details.length === 0) return;
    // An order that is being held right now, by what was known before, must be seen here: nobody else would ask for it again.
    await this.progress.lock(tx, brandId);
    const any: unknown[] = await tx.query("SELECT order_id FROM purchase WHERE brand_id = ? AND state = 'HELD' LIMIT 1", [idIn(brandId)]);
    if (any.length === 0) return;
    for (const some of chunks(details, CHUNK))
      await tx.query(
        `UPDATE purchase SET state = 'PENDING' WHERE brand_id = ? AND state = 'HELD' AND held_reason = ? AND business_date >= ? AND held_detail IN (${some.map(() => '?').join(', ')})`,
        [idIn(brandId), reason, from, ...some],
      );
  }

  /** Orders held for partners that are known by now are tried again: they, or who stands below them, may have another place. */
  async retryKnown(tx: Tx, brandId: string, isKnown: (code: string) => boolean): Promise<void> {
    await this.progress.lock(tx, brandId);
    const rows: { held_detail: string }[] = await tx.query(
      "SELECT DISTINCT held_detail FROM purchase WHERE brand_id = ? AND state = 'HELD' AND held_reason = 'unknown_partner'",
      [idIn(brandId)],
    );
    await this.retryFor(tx, brandId, 'unknown_partner', rows.map((row) => row.held_detail).filter(isKnown));
  }

  /** Orders held because no plan was in force, or because of what it said, are tried again under the new one. */
  async retryAfterPlan(tx: Tx, brandId: string): Promise<void> {
    // As above; a brand whose first orders are being decided has no row yet that its caller could have locked.
    await this.progress.lock(tx, brandId);
    await tx.query("UPDATE purchase SET state = 'PENDING' WHERE brand_id = ? AND state = 'HELD'", [idIn(brandId)]);
  }

  /** Has an order tried again because somebody says that its cause is gone. Raises `order_not_held` (409). */
  async retry(brandId: string, orderId: string, reason: string, actor: Operator): Promise<void> {
    await this.database.transaction(async (tx) => {
      const requeued = await execute(tx, "UPDATE purchase SET state = 'PENDING' WHERE brand_id = ? AND order_id = ? AND state = 'HELD'", [
        idIn(brandId),
        idIn(orderId),
      ]);
      if (requeued === 0) throw notHeld(orderId);
      await this.audit.record(tx, {
        actorId: actor.id,
        action: 'order.retried',
        entityType: 'order',
        entityId: orderId,
        brandId,
        from: 'HELD',
        to: 'PENDING',
        reason,
      });
      this.arrivals.after(tx);
    });
  }
}
