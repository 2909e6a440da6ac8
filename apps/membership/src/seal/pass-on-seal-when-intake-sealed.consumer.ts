import { Controller } from '@nestjs/common';
import { intakeSealed, type Event, type Seal } from '@concentric/contracts';
import { Consumer, type Tx } from '@concentric/service-kit';
import { SealService } from './seal.service';

@Controller()
export class PassOnSealWhenIntakeSealed {
  constructor(private readonly seals: SealService) {}

  @Consumer('pass-on-seal-when-intake-sealed', [intakeSealed])
  async handle(events: Event<Seal>[], tx: Tx): Promise<void> {
    await this.seals.seal(
      tx,
      events.map(({ data }) => data),
    );
  }
}
