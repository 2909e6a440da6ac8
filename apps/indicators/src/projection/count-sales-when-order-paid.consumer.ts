import { Controller } from '@nestjs/common';
import { orderPaid, type Event, type OrderPaid } from '@concentric/contracts';
import { Consumer, type Tx } from '@concentric/service-kit';
import { SalesService } from './sales.service';

@Controller()
export class CountSalesWhenOrderPaid {
  constructor(private readonly sales: SalesService) {}

  @Consumer('count-sales-when-order-paid', [orderPaid])
  async handle(events: Event<OrderPaid>[], tx: Tx): Promise<void> {
    await this.sales.countOrders(
      tx,
      events.map(({ data }) => data),
    );
  }
}
