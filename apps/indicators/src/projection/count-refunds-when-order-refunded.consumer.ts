import { Controller } from '@nestjs/common';
import { orderRefunded, type Event, type OrderRefunded } from '@concentric/contracts';
import { Consumer, type Tx } from '@concentric/service-kit';
import { SalesService } from './sales.service';

@Controller()
export class CountRefundsWhenOrderRefunded {
  constructor(private readonly sales: SalesService) {}

  @Consumer('count-refunds-when-order-refunded', [orderRefunded])
  async handle(events: Event<OrderRefunded>[], tx: Tx): Promise<void> {
    await this.sales.countRefunds(
      tx,
      events.map(({ data }) => data),
    );
  }
}
