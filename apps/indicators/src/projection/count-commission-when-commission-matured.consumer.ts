import { Controller } from '@nestjs/common';
import { commissionMatured, type DataOf, type Event } from '@concentric/contracts';
import { Consumer, type Tx } from '@concentric/service-kit';
import { CommissionService } from './commission.service';

@Controller()
export class CountCommissionWhenCommissionMatured {
  constructor(private readonly commission: CommissionService) {}

  @Consumer('count-commission-when-commission-matured', [commissionMatured])
  async handle(events: Event<DataOf<typeof commissionMatured>>[], tx: Tx): Promise<void> {
    await this.commission.countMatured(
      tx,
      events.map(({ data }) => data),
    );
  }
}
