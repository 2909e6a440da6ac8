import { Controller } from '@nestjs/common';
import { commissionAdjusted, type CommissionAdjusted, type Event } from '@concentric/contracts';
import { Consumer, type Tx } from '@concentric/service-kit';
import { CommissionService } from './commission.service';

@Controller()
export class CountAdjustmentsWhenCommissionAdjusted {
  constructor(private readonly commission: CommissionService) {}

  @Consumer('count-adjustments-when-commission-adjusted', [commissionAdjusted])
  async handle(events: Event<CommissionAdjusted>[], tx: Tx): Promise<void> {
    await this.commission.countAdjusted(
      tx,
      events.map(({ data }) => data),
    );
  }
}
