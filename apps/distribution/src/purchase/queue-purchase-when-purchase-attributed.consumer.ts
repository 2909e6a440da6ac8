import { Controller } from '@nestjs/common';
import { Clock, Consumer, idIn, idInOrNull, idOut, insertRows, selectIn, type Tx } from '@concentric/service-kit';
import { purchaseAttributed, type Event, type PurchaseAttributed } from '@concentric/contracts';
import { ArrivalSignal } from './arrival-signal.service';
import { IntakeDays } from './intake-day.repository';
import { newFacts } from './repeat.rules';

/** Puts every attributed order in the queue, to be decided in order of occurrence behind the watermark. */
@Controller()
export class QueuePurchaseWhenPurchaseAttributed {
  constructor(
    private readonly days: IntakeDays,
    private readonly arrivals: ArrivalSignal,
    private readonly clock: Clock,
  ) {}

  @Consumer('queue-purchase-when-purchase-attributed', [purchaseAttributed])
  async handle(events: Event<PurchaseAttributed>[], tx: Tx): Promise<void> {
    const known = await selectIn<{ id: Buffer; body: string }>(
      tx,
      'SELECT order_id AS id, body FROM purchase WHERE order_id IN (?in)',
      events.map(({ data }) => idIn(data.orderId)),
    );
    const fresh = newFacts(
      events.map(({ data }) => ({ id: data.orderId, data })),
      new Map(known.map((row) => [idOut(row.id), row.body])),
    );
    const receivedAt = this.clock.now();
    await insertRows(
      tx,
      'purchase',
      [
        'order_id',
        'brand_id',
        'external_id',
        'channel',
        'occurred_at',
        'business_date',
        'customer_id',
        'merges',
        'state',
        'late',
        'received_at',
        'body',
      ],
      fresh.map(({ data, body }) => [
        idIn(data.orderId),
        idIn(data.brandId),
        data.externalId,
        data.channel,
        Date.parse(data.occurredAt),
        data.businessDate,
        idInOrNull(data.customerId),
        data.merged.length,
        'PENDING',
        0,
        receivedAt,
        body,
      ]),
    );
    await this.days.count(
      tx,
      fresh.map(({ data }) => ({ brandId: data.brandId, businessDate: data.businessDate, channel: data.channel, kind: 'order' as const })),
    );
    this.arrivals.after(tx);
  }
}
