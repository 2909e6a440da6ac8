import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  Audit,
  BrandDirectory,
  Clock,
  Database,
  KeysetList,
  Metrics,
  execute,
  idIn,
  idOut,
  idOutOrNull,
  int,
  iso,
  type ListQuery,
  type Operator,
  type SqlFragment,
} from '@concentric/service-kit';
import type { OrderRefunded, heldRefundRow } from '@concentric/contracts';
import { sumMinor } from '@concentric/money';
import type { z } from 'zod';
import { refundWaitMs } from '../distribution.config';
import { ArrivalSignal } from './arrival-signal.service';
import { remedies } from './held-refund.rules';
import { refundNotHeld } from './purchase.errors';

type HeldRow = z.infer<typeof heldRefundRow>;

const REASON = "CASE WHEN r.state = 'HELD' THEN r.held_reason ELSE 'order_unknown' END";
const FROM = 'FROM refund r LEFT JOIN purchase p ON p.order_id = r.order_id';

const held = new KeysetList<HeldRow>({
  select: `SELECT r.refund_id, r.order_id, r.occurred_at, r.received_at, r.body, r.void_proposed_by, r.void_reason, p.external_id, ${REASON} AS reason ${FROM}`,
  sorts: { occurredAt: { column: 'r.occurred_at', type: 'int', notNull: true } },
  defaultSort: 'occurredAt',
  key: 'r.refund_id',
  row: (raw) => {
    const { channel, currency, lines } = JSON.parse(raw.body as string) as OrderRefunded;
    const reason = raw.reason as HeldRow['reason'];
    return {
      id: idOut(raw.refund_id as Buffer),
      orderId: idOut(raw.order_id as Buffer),
      orderExternalId: raw.external_id as string | null,
      channel,
      occurredAt: iso(raw.occurred_at),
      receivedAt: iso(raw.received_at),
      currency,
      amountMinor: sumMinor(lines.map(({ amountMinor }) => amountMinor)),
      reason,
      remedy: remedies[reason],
      voidProposedBy: idOutOrNull(raw.void_proposed_by as Buffer | null),
      voidReason: raw.void_reason as string | null,
    };
  },
});

/** The work list of refunds that are held, or have waited too long for their order (inv 17). */
@Injectable()
export class HeldRefunds implements OnModuleInit {
  private readonly waitMs = refundWaitMs();

  constructor(
    private readonly database: Database,
    private readonly brands: BrandDirectory,
    private readonly arrivals: ArrivalSignal,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    this.metrics.gauge('refunds_held', 'Refunds that are not taken back and wait for somebody', ['reason'], async (gauge) => {
      const counts = await this.count();
      for (const reason of Object.keys(remedies)) gauge.set({ reason }, counts.get(reason) ?? 0);
    });
  }

  /** A page of refunds that are held or overdue, each with what can be done about it. */
  page(brandId: string, query: ListQuery) {
    return this.database.read((tx) => held.page(tx, { query, where: [this.isHeld(brandId)] }));
  }

  /** Has a refund tried again because somebody says that its cause is gone. Raises `refund_not_held` (409). */
  async retry(brandId: string, refundId: string, reason: string, actor: Operator): Promise<void> {
    await this.database.transaction(async (tx) => {
      const requeued = await execute(tx, "UPDATE refund SET state = 'PENDING' WHERE brand_id = ? AND refund_id = ? AND state = 'HELD'", [
        idIn(brandId),
        idIn(refundId),
      ]);
      if (requeued === 0) throw refundNotHeld(refundId);
      await this.audit.record(tx, {
        actorId: actor.id,
        action: 'refund.retried',
        entityType: 'refund',
        entityId: refundId,
        brandId,
        from: 'HELD',
        to: 'PENDING',
        reason,
      });
      this.arrivals.after(tx);
    });
  }

  /** Over all brands, by reason. */
  async count(): Promise<Map<string, number>> {
    const counts = new Map<string, number>();
    for (const { brandId } of await this.brands.all()) {
      const { sql, params } = this.isHeld(brandId);
      const rows = await this.database.read((tx) =>
        tx.query<{ reason: string; n: unknown }[]>(`SELECT ${REASON} AS reason, COUNT(*) AS n ${FROM} WHERE ${sql} GROUP BY 1`, params),
      );
      for (const { reason, n } of rows) counts.set(reason, (counts.get(reason) ?? 0) + int(n));
    }
    return counts;
  }

  private isHeld(brandId: string): SqlFragment {
    return {
      sql: "r.brand_id = ? AND r.state IN ('HELD', 'PENDING') AND (r.state = 'HELD' OR (r.received_at < ? AND p.order_id IS NULL))",
      params: [idIn(brandId), this.clock.now() - this.waitMs],
    };
  }
}
