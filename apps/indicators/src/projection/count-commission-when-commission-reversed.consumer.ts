import { Controller } from '@nestjs/common';
import { commissionReversed, type Event, type CommissionReversed } from '@concentric/contracts';
import { Consumer, type Tx } from '@concentric/service-kit';
import { CommissionService } from './commission.service';

@Controller()
export class CountCommissionWhenCommissionReversed {
  constructor(private readonly commission: CommissionService) {}

  @Consumer('count-commission-when-commission-reversed', [commissionReversed])
  async handle(events: Event<CommissionReversed>[], tx: Tx): Promise<void> {
    await this.commission.countReversed(
      tx,
      events.map(({ data }) => data),
    );
  }
}
