import { Injectable, type OnModuleInit } from '@nestjs/common';
import { BrandDirectory, Clock, Database, idIn, int, Metrics } from '@concentric/service-kit';
import { refundWaitMs } from '../commerce.config';

/** Shows that refunds have waited too long for their order (inv 17); which ones, the list of refunds says. */
@Injectable()
export class RefundWait implements OnModuleInit {
  private readonly waitMs = refundWaitMs();

  constructor(
    private readonly database: Database,
    private readonly brands: BrandDirectory,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    this.metrics.gauge('refunds_overdue', 'Refunds that have waited for their order longer than REFUND_WAIT_HOURS', [], async (gauge) =>
      gauge.set(await this.overdue()),
    );
  }

  /** Over all brands. */
  async overdue(): Promise<number> {
    let overdue = 0;
    for (const { brandId } of await this.brands.all()) {
      const rows = await this.database.read((tx) =>
        tx.query<{ n: unknown }[]>("SELECT COUNT(*) AS n FROM refund WHERE brand_id = ? AND state = 'waiting' AND created_at < ?", [
          idIn(brandId),
          this.clock.now() - this.waitMs,
        ]),
      );
      overdue += int(rows[0]!.n);
    }
    return overdue;
  }
}
