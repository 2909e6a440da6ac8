import { Injectable } from '@nestjs/common';
import { BrandDirectory, crashPoint, Database, type Brand, type Tx } from '@concentric/service-kit';
import { PeriodService } from '../ledger/period.service';
import { BrandProgress, type Progress } from '../purchase/brand-progress.service';
import { PeriodGate } from './period-gate.service';
import { periodNotClosable, periodNotOpen } from './settlement.errors';
import { SettlementService } from './settlement.service';

/** The gate at the end of a period (inv 28): nothing is added to it afterwards, and everything that belongs to it has arrived. */
@Injectable()
export class PeriodCloseService {
  constructor(
    private readonly database: Database,
    private readonly brands: BrandDirectory,
    private readonly periods: PeriodService,
    private readonly progress: BrandProgress,
    private readonly settlement: SettlementService,
    private readonly gate: PeriodGate,
  ) {}

  /** Closes the open period on somebody's order. Obstacles other than "not ended" give way to a reason, which is kept. */
  async close(brandId: string, period: string, actorId: string, overrideReason: string | null): Promise<void> {
    const brand = await this.brands.get(null, brandId);
    await this.database.transaction(async (tx) => {
      const progress = await this.progress.advance(tx, brand);
      if ((await this.periods.current(tx, brandId, 'update')) !== period) throw periodNotOpen(period);
      const obstacles = await this.gate.obstacles(tx, brand, period, progress);
      if (obstacles.some((obstacle) => obstacle.code === 'not_ended') || (obstacles.length > 0 && overrideReason === null)) {
        throw periodNotClosable(period, obstacles);
      }
      await this.gate.shut(tx, brandId, period, actorId, obstacles.length > 0 ? overrideReason : null);
      await this.settlement.plan(tx, brandId, period);
    });
  }

  /** Closes the open period by itself when nothing speaks against it; false when something does. Runs inside the worker's transaction. */
  async closeWhenComplete(tx: Tx, brand: Brand, progress: Progress): Promise<boolean> {
    const period = await this.closable(tx, brand, progress);
    if (period === null || (await this.periods.current(tx, brand.brandId, 'update')) !== period) return false;
    await this.gate.shut(tx, brand.brandId, period, null, null);
    await this.settlement.plan(tx, brand.brandId, period);
    crashPoint('period-shut');
    return true;
  }

  /** The open period when it is settled to its end and nothing speaks against closing it, else null. */
  async closable(tx: Tx, brand: Brand, progress: Progress): Promise<string | null> {
    const period = await this.periods.current(tx, brand.brandId, null);
    if (period === undefined || progress.settledThrough === null || brand.calendar.endOfDate(progress.settledThrough) < brand.calendar.endOfPeriod(period)) return null;
    return (await this.gate.obstacles(tx, brand, period, progress)).length === 0 ? period : null;
  }
}
