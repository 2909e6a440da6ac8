import { Controller } from '@nestjs/common';
import { Consumer, type Tx } from '@concentric/service-kit';
import { customersMerged, type DataOf, type Event } from '@concentric/contracts';
import { MergeService } from './merge.service';

/** Two persons are one: the older binding survives, the other ends with reason `merged`. */
@Controller()
export class RebindWhenCustomersMerged {
  constructor(private readonly merges: MergeService) {}

  @Consumer('rebind-when-customers-merged', [customersMerged])
  async handle(events: Event<DataOf<typeof customersMerged>>[], tx: Tx): Promise<void> {
    for (const { data } of events) await this.merges.merge(tx, data);
  }
}
