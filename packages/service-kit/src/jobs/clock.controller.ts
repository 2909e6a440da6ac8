import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { instant } from '@concentric/contracts';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { Clock, SimulatedClock } from '../clock/clock';
import { conflict } from '../http/domain.errors';
import { OpsPermission } from '../http/permission.decorator';
import { DailyScheduler } from './daily-scheduler';

class SetClockBody extends createZodDto(z.strictObject({ now: instant.nullable() })) {}

/** Moves the clock of a simulated installation; what becomes due starts at once. */
@OpsPermission()
@Controller('ops/clock')
export class ClockController {
  constructor(
    private readonly clock: Clock,
    private readonly scheduler: DailyScheduler,
  ) {}

  /** `now` null: follow the system again. Raises `clock_not_simulated`, `clock_goes_back` (409). */
  @Post()
  @HttpCode(200)
  set(@Body() { now }: SetClockBody): { now: string } {
    if (!(this.clock instanceof SimulatedClock)) throw conflict('clock_not_simulated', 'This installation runs on the system clock');
    try {
      this.clock.set(now === null ? null : Date.parse(now));
    } catch (error) {
      if (error instanceof RangeError) throw conflict('clock_goes_back', 'A simulated clock does not go back', error.message);
      throw error;
    }
    this.scheduler.wake();
    return { now: this.clock.iso() };
  }
}
