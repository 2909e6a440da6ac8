import { Controller } from '@nestjs/common';
import { commissionAccrued, type Event, type CommissionAccrued } from '@concentric/contracts';
import { Consumer, type Tx } from '@concentric/service-kit';
import { CommissionService } from './commission.service';

@Controller()
export class CountCommissionWhenCommissionAccrued {
  constructor(private readonly commission: CommissionService) {}

  @Consumer('count-commission-when-commission-accrued', [commissionAccrued])
  async handle(events: Event<CommissionAccrued>[], tx: Tx): Promise<void> {
    await this.commission.countAccrued(
      tx,
      events.map(({ data }) => data),
    );
  }
}
