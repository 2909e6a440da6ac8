import { Controller } from '@nestjs/common';
import { Clock, Consumer, idIn, idOut, insertRows, selectIn, type Tx } from '@concentric/service-kit';
import { orderRefunded, type Event, type OrderRefunded } from '@concentric/contracts';
import { ArrivalSignal } from './arrival-signal.service';
import { IntakeDays } from './intake-day.repository';
import { newFacts } from './repeat.rules';

/** Parks every refund until its order has been decided or has become void (inv 17); it is applied in order of occurrence. */
@Controller()
export class QueueRefundWhenOrderRefunded {
  constructor(
    private readonly days: IntakeDays,
    private readonly arrivals: ArrivalSignal,
    private readonly clock: Clock,
  ) {}

  @Consumer('queue-refund-when-order-refunded', [orderRefunded])
  async handle(events: Event<OrderRefunded>[], tx: Tx): Promise<void> {
    const known = await selectIn<{ id: Buffer; body: string }>(
      tx,
      'SELECT refund_id AS id, body FROM refund WHERE refund_id IN (?in)',
      events.map(({ data }) => idIn(data.refundId)),
    );
    const fresh = newFacts(
      events.map(({ data }) => ({ id: data.refundId, data })),
      new Map(known.map((row) => [idOut(row.id), row.body])),
    );
    const receivedAt = this.clock.now();
    await insertRows(
      tx,
      'refund',
      ['refund_id', 'brand_id', 'order_id', 'occurred_at', 'business_date', 'state', 'received_at', 'body'],
      fresh.map(({ data, body }) => [
        idIn(data.refundId),
        idIn(data.brandId),
        idIn(data.orderId),
        Date.parse(data.occurredAt),
        data.businessDate,
        'PENDING',
        receivedAt,
        body,
      ]),
    );
    await this.days.count(
      tx,
      fresh.map(({ data }) => ({ brandId: data.brandId, businessDate: data.businessDate, channel: data.channel, kind: 'refund' as const })),
    );
    this.arrivals.after(tx);
  }
}
