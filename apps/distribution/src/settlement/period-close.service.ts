import { Injectable } from '@nestjs/common';
import { BrandDirectory, crashPoint, Database, type Brand, type Tx } from '@concentric/service-kit';
import { PeriodService, type OpenPeriod } from '../ledger/period.service';
import { BrandProgress, type Progress } from '../purchase/brand-progress.service';
import { PeriodGate, type Obstacle } from './period-gate.service';
import { isExcused, periodRefusal } from './period.rules';
import { periodNotClosable, periodNotOpen, periodRefused } from './settlement.errors';
import { SettlementPlan } from './settlement-plan.service';

/** The gate at the end of a period (inv 28): nothing is added to it afterwards, and everything that belongs to it has arrived. */
@Injectable()
export class PeriodCloseService {
  constructor(
    private readonly database: Database,
    private readonly brands: BrandDirectory,
    private readonly periods: PeriodService,
    private readonly progress: BrandProgress,
    private readonly settlement: SettlementPlan,
    private readonly gate: PeriodGate,
  ) {}

  /** Somebody asks for the open period to be closed. Obstacles that only mean waiting give way to a reason; one that is given is kept. */
  async start(brandId: string, period: string, actorId: string, overrideReason: string | null): Promise<void> {
    await this.act(brandId, period, 'start', actorId, async (tx, open, blocked) => {
      if (blocked.length > 0 && overrideReason === null) throw periodNotClosable(period, blocked);
      await this.gate.ask(tx, brandId, period, actorId, overrideReason, blocked);
    });
  }

  /** Another person closes it. The reason of the start covers what it was given for; what has come up since needs one of its own. */
  async close(brandId: string, period: string, actorId: string, overrideReason: string | null): Promise<void> {
    await this.gate.checkBooks(brandId);
    await this.act(brandId, period, 'close', actorId, async (tx, open, blocked) => {
      const unexcused = blocked.filter((obstacle) => !isExcused(obstacle, open.excused));
      if (unexcused.length > 0 && overrideReason === null) throw periodNotClosable(period, unexcused);
      await this.gate.shut(tx, brandId, period, actorId, overrideReason ?? open.overrideReason);
      await this.settlement.make(tx, brandId, period);
    });
  }

  /** Closes the open period by itself when nothing speaks against it; false when something does. Runs inside the worker's transaction. */
  async closeWhenComplete(tx: Tx, brand: Brand, progress: Progress): Promise<boolean> {
    const period = await this.closable(tx, brand, progress);
    if (
      period === null ||
      !(await this.gate.booksAgree(tx, brand.brandId)) ||
      (await this.periods.current(tx, brand.brandId, 'update')) !== period
    )
      return false;
    await this.gate.shut(tx, brand.brandId, period, null, null);
    await this.settlement.make(tx, brand.brandId, period);
    crashPoint('period-shut');
    return true;
  }

  /** The open period when it is settled to its end and nothing speaks against closing it, else null. */
  async closable(tx: Tx, brand: Brand, progress: Progress): Promise<string | null> {
    const period = await this.periods.current(tx, brand.brandId, null);
    if (
      period === undefined ||
      progress.settledThrough === null ||
      brand.calendar.endOfDate(progress.settledThrough) < brand.calendar.endOfPeriod(period)
    )
      return null;
    return (await this.gate.obstacles(tx, brand, period, progress)).length === 0 ? period : null;
  }

  private async act(
    brandId: string,
    period: string,
    action: 'start' | 'close',
    actorId: string,
    work: (tx: Tx, open: OpenPeriod, obstacles: Obstacle[]) => Promise<void>,
  ): Promise<void> {
    const brand = await this.brands.get(null, brandId);
    await this.database.transaction(async (tx) => {
      const progress = await this.progress.advance(tx, brand);
      const open = await this.periods.locked(tx, brandId);
      if (open?.period !== period) throw periodNotOpen(period);
      const refused = periodRefusal(action, open, actorId);
      if (refused) throw periodRefused(refused);
      const obstacles = await this.gate.obstacles(tx, brand, period, progress);
      if (obstacles.some(({ code }) => code === 'not_ended' || code === 'books_mismatch')) throw periodNotClosable(period, obstacles);
      await work(tx, open, obstacles);
    });
  }
}
