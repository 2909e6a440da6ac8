import { Controller } from '@nestjs/common';
import { orderPaid, type Event, type OrderPaid } from '@concentric/contracts';
import { Consumer, type Tx } from '@concentric/service-kit';
import { PurchaseService } from './purchase.service';

@Controller()
export class AttributePurchaseWhenOrderPaid {
  constructor(private readonly purchases: PurchaseService) {}

  @Consumer('attribute-purchase-when-order-paid', [orderPaid], { batch: 500 })
  async handle(events: Event<OrderPaid>[], tx: Tx): Promise<void> {
    await this.purchases.takeOrders(
      tx,
      events.map(({ data }) => data),
    );
  }
}
