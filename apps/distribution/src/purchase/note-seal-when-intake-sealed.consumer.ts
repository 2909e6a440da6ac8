import { Controller } from '@nestjs/common';
import { Consumer, type Tx } from '@concentric/service-kit';
import { attributionSealed, type Event, type Seal } from '@concentric/contracts';
import { ArrivalSignal } from './arrival-signal.service';
import { IntakeDays } from './intake-day.repository';

/** Notes how much of a channel and date there is to come; the watermark moves when all of it is here. */
@Controller()
export class NoteSealWhenIntakeSealed {
  constructor(
    private readonly days: IntakeDays,
    private readonly arrivals: ArrivalSignal,
  ) {}

  @Consumer('note-seal-when-intake-sealed', [attributionSealed])
  async handle(events: Event<Seal>[], tx: Tx): Promise<void> {
    await this.days.seal(
      tx,
      events.map(({ data }) => data),
    );
    this.arrivals.after(tx);
  }
}
