import { Controller } from '@nestjs/common';
import { tierChanged, type DataOf, type Event } from '@concentric/contracts';
import { Consumer, type Tx } from '@concentric/service-kit';
import { FactService } from './fact.service';

@Controller()
export class CountTiersWhenTierChanged {
  constructor(private readonly facts: FactService) {}

  @Consumer('count-tiers-when-tier-changed', [tierChanged])
  async handle(events: Event<DataOf<typeof tierChanged>>[], tx: Tx): Promise<void> {
    await this.facts.countTiers(
      tx,
      events.map(({ data }) => data),
    );
  }
}
