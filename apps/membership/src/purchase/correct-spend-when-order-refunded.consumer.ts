import { Controller } from '@nestjs/common';
import { orderRefunded, type Event, type OrderRefunded } from '@concentric/contracts';
import { Consumer, type Tx } from '@concentric/service-kit';
import { PurchaseService } from './purchase.service';

@Controller()
export class CorrectSpendWhenOrderRefunded {
  constructor(private readonly purchases: PurchaseService) {}

  @Consumer('correct-spend-when-order-refunded', [orderRefunded], { batch: 500 })
  async handle(events: Event<OrderRefunded>[], tx: Tx): Promise<void> {
    await this.purchases.takeRefunds(
      tx,
      events.map(({ data }) => data),
    );
  }
}
