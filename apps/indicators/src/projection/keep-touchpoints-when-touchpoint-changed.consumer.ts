import { Controller } from '@nestjs/common';
import { touchpointChanged, type DataOf, type Event } from '@concentric/contracts';
import { Consumer, type Tx } from '@concentric/service-kit';
import { FactService } from './fact.service';

@Controller()
export class KeepTouchpointsWhenTouchpointChanged {
  constructor(private readonly facts: FactService) {}

  @Consumer('keep-touchpoints-when-touchpoint-changed', [touchpointChanged])
  async handle(events: Event<DataOf<typeof touchpointChanged>>[], tx: Tx): Promise<void> {
    await this.facts.keepTouchpoints(
      tx,
      events.map(({ data }) => data),
    );
  }
}
