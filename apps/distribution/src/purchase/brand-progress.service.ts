import { Injectable } from '@nestjs/common';
import { idIn, insertRows, int, nextDate, rowLock, type Brand, type Tx } from '@concentric/service-kit';
import { IntakeDays } from './intake-day.repository';

/** How far a brand is. Dates are business dates; null: not begun. */
export interface Progress {
  /** Every channel of every date up to here is complete. */
  sealedThrough: string | null;
  /** Every date up to here has been matured (and closed, where a period ended). */
  settledThrough: string | null;
  /** No purchase before this instant (epoch ms) may still change who was first. */
  decidedUntil: number;
}

/** Keeps, per brand, the watermark behind which purchases are decided and days are settled. */
@Injectable()
export class BrandProgress {
  constructor(private readonly days: IntakeDays) {}

  /**
   * The brand's progress, locked until the transaction ends (one worker at a time decides for a brand), with the
   * watermark moved over every date that has become complete.
   */
  async advance(tx: Tx, brand: Brand): Promise<Progress> {
    const progress = await this.lock(tx, brand.brandId);
    const through = await this.completeThrough(tx, brand, progress.sealedThrough);
    if (through !== progress.sealedThrough) {
      await tx.query('UPDATE brand_progress SET sealed_through = ? WHERE brand_id = ?', [through, idIn(brand.brandId)]);
    }
    return { ...progress, sealedThrough: through };
  }

  /** Progress as it would be after `advance`, without locking anything: for those who only watch. */
  async peek(tx: Tx, brand: Brand): Promise<Progress> {
    const progress = (await this.read(tx, brand.brandId, '')) ?? { sealedThrough: null, settledThrough: null, decidedUntil: 0 };
    return { ...progress, sealedThrough: await this.completeThrough(tx, brand, progress.sealedThrough) };
  }

  /** The brand's progress, locked until the transaction ends. */
  async lock(tx: Tx, brandId: string): Promise<Progress> {
    const found = await this.read(tx, brandId, rowLock(tx, 'update'));
    if (found) return found;
    await insertRows(tx, 'brand_progress', ['brand_id', 'decided_until'], [[idIn(brandId), 0]], 'ignore');
    return (await this.read(tx, brandId, rowLock(tx, 'update')))!;
  }

  /** Notes that every date up to `through` is settled. */
  async settled(tx: Tx, brandId: string, through: string): Promise<void> {
    await tx.query('UPDATE brand_progress SET settled_through = ? WHERE brand_id = ?', [through, idIn(brandId)]);
  }

  /** Notes that purchases up to `until` (epoch ms) are decided; it only ever moves on. */
  async decided(tx: Tx, brandId: string, until: number): Promise<void> {
    await tx.query('UPDATE brand_progress SET decided_until = ? WHERE brand_id = ? AND decided_until < ?', [until, idIn(brandId), until]);
  }

  private async completeThrough(tx: Tx, brand: Brand, from: string | null): Promise<string | null> {
    let through = from;
    for (const day of await this.days.complete(tx, brand.brandId, through ?? '')) {
      const follows = through === null || day.businessDate === nextDate(through);
      if (!follows || day.channels < brand.channels.length) break;
      through = day.businessDate;
    }
    return through;
  }

  private async read(tx: Tx, brandId: string, suffix: string): Promise<Progress | undefined> {
    const rows: { sealed_through: string | null; settled_through: string | null; decided_until: unknown }[] = await tx.query(
      `SELECT sealed_through, settled_through, decided_until FROM brand_progress WHERE brand_id = ?${suffix}`,
      [idIn(brandId)],
    );
    const row = rows[0];
    return row && { sealedThrough: row.sealed_through, settledThrough: row.settled_through, decidedUntil: int(row.decided_until) };
  }
}
