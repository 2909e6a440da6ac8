import { Injectable } from '@nestjs/common';
import { Clock, MessageFlow } from '@concentric/service-kit';
import { ArrivalSignal } from '../purchase/arrival-signal.service';

/** Where work comes from, and where it is reported. */
@Injectable()
export class WorkSignals {
  constructor(
    readonly arrivals: ArrivalSignal,
    readonly flow: MessageFlow,
    readonly clock: Clock,
  ) {}
}
