import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { BrandDirectory, Database, WakeableLoop, type Brand } from '@concentric/service-kit';
import { SettingService } from '../setting/setting.service';
import { BrandStep } from './brand-step.service';
import { PeriodEnd } from './period-end.service';
import { WorkSignals } from './work-signals.service';

const POLL_MS = 250;

/**
 * Takes every brand forward, step by step, whenever something has arrived or time has passed. Every replica runs
 * it; the lock on the brand's progress lets one at a time do a step, and a step that was interrupted left no trace.
 */
@Injectable()
export class AdvanceBrandsJob implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(AdvanceBrandsJob.name);
  private readonly loop = new WakeableLoop(
    () => this.pass(),
    POLL_MS,
    (error) => this.logger.error(error),
  );

  constructor(
    private readonly database: Database,
    private readonly brands: BrandDirectory,
    private readonly settings: SettingService,
    private readonly step: BrandStep,
    private readonly periodEnd: PeriodEnd,
    private readonly workSignals: WorkSignals,
  ) {}

  onApplicationBootstrap(): void {
    this.workSignals.arrivals.on(this.loop.wake);
    this.workSignals.clock.onMoved(this.loop.wake);
    this.workSignals.flow.registerPending('decisions', () => this.pending());
    this.loop.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.loop.stop();
  }

  private async pass(): Promise<boolean> {
    let worked = false;
    const failures: unknown[] = [];
    for (const brand of await this.known()) {
      try {
        worked = (await this.advance(brand)) || worked;
      } catch (error) {
        // What stops one brand must not stop the brands after it; the loop reports it and pauses.
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures.length === 1 ? failures[0] : new AggregateError(failures, 'several brands cannot go on');
    return worked;
  }

  /** Through the directory's cache, which keeps each brand's calendar warm. */
  private async known(): Promise<Brand[]> {
    const all = await this.brands.all();
    return Promise.all(all.map((brand) => this.brands.get(null, brand.brandId)));
  }

  /** Takes a brand further, without the loop; false when it has come as far as it can now. */
  async advance(brand: Brand): Promise<boolean> {
    const settings = await this.settings.read(brand.brandId);
    if (await this.step.take(brand, settings)) {
      while (await this.step.take(brand, settings));
      return true;
    }
    return this.periodEnd.take(brand.brandId, settings);
  }

  /** How much a brand still waits for; 0 once `advance` has nothing left to do. */
  async pendingOf(brand: Brand): Promise<number> {
    const settings = await this.settings.read(brand.brandId);
    const due = await this.database.read((tx) => this.step.pending(tx, brand, settings));
    const ends = await this.database.read((tx) => this.periodEnd.pending(tx, brand.brandId));
    return Number(due) + Number(ends);
  }

  private async pending(): Promise<number> {
    let pending = 0;
    for (const brand of await this.known()) pending += await this.pendingOf(brand);
    return pending;
  }
}
