import { Injectable } from '@nestjs/common';
import { idIn, insertRows, int, nextDate, rowLock, type Brand, type Tx } from '@concentric/service-kit';
import type { Seal } from '@concentric/contracts';

/** One fact of a channel's business date that has arrived. */
export interface Arrival {
  brandId: string;
  businessDate: string;
  channel: string;
  kind: 'order' | 'refund';
}

/** Of the days that are not complete so many are named, each with all its channels. */
export const MOST_DAYS = 4;

/** Counts, per brand, business date and channel, what has arrived and what the seal says there is. */
@Injectable()
export class IntakeDays {
  /** Adds facts that have arrived to what their days have seen. */
  async count(tx: Tx, arrivals: readonly Arrival[]): Promise<void> {
    const counts = new Map<string, [string, string, string, number, number]>();
    for (const { brandId, businessDate, channel, kind } of arrivals) {
      const key = `${brandId}/${businessDate}/${channel}`;
      const row = counts.get(key) ?? [brandId, businessDate, channel, 0, 0];
      row[kind === 'order' ? 3 : 4] += 1;
      counts.set(key, row);
    }
    const rows = [...counts.keys()].sort().map((key) => {
      const [brandId, ...rest] = counts.get(key)!;
      return [idIn(brandId), ...rest, 0];
    });
    await insertRows(tx, 'intake_day', ['brand_id', 'business_date', 'channel', 'orders_seen', 'refunds_seen', 'revision'], rows, {
      key: ['brand_id', 'business_date', 'channel'],
      add: ['orders_seen', 'refunds_seen'],
    });
  }

  /** Writes down seals; an older revision never replaces a newer one. */
  async seal(tx: Tx, seals: readonly Seal[]): Promise<void> {
    const newest = new Map<string, Seal>();
    for (const seal of seals) {
      const key = `${seal.brandId}/${seal.businessDate}/${seal.channel}`;
      const held = newest.get(key);
      if (!held || held.revision < seal.revision) newest.set(key, seal);
    }
    const ordered = [...newest.keys()].sort().map((key) => newest.get(key)!);
    await insertRows(
      tx,
      'intake_day',
      ['brand_id', 'business_date', 'channel', 'orders_seen', 'refunds_seen', 'revision'],
      ordered.map((seal) => [idIn(seal.brandId), seal.businessDate, seal.channel, 0, 0, 0]),
      'ignore',
    );
    for (const seal of ordered) {
      await tx.query(
        'UPDATE intake_day SET orders_sealed = ?, refunds_sealed = ?, revision = ? WHERE brand_id = ? AND business_date = ? AND channel = ? AND revision < ?',
        [seal.orders, seal.refunds, seal.revision, idIn(seal.brandId), seal.businessDate, seal.channel, seal.revision],
      );
    }
  }

  /** Business dates after `after` with how many of their channels are complete, oldest first. */
  async complete(tx: Tx, brandId: string, after: string): Promise<{ businessDate: string; channels: number }[]> {
    const rows: { business_date: string; channels: unknown }[] = await tx.query(
      `SELECT business_date, SUM(CASE WHEN orders_sealed = orders_seen AND refunds_sealed = refunds_seen THEN 1 ELSE 0 END) AS channels
         FROM intake_day WHERE brand_id = ? AND business_date > ? GROUP BY business_date ORDER BY business_date LIMIT 400`,
      [idIn(brandId), after],
    );
    return rows.map((row) => ({ businessDate: row.business_date, channels: int(row.channels) }));
  }

  /** The first dates in a range that are not complete, with the channels that are missing, for whoever wants to close a period; also those of which nothing has arrived. */
  async incomplete(tx: Tx, brand: Brand, from: string, through: string): Promise<{ businessDate: string; channels: string[] }[]> {
    const rows: { business_date: string; channel: string }[] = await tx.query(
      `SELECT business_date, channel FROM intake_day WHERE brand_id = ? AND business_date >= ? AND business_date <= ?
         AND orders_sealed = orders_seen AND refunds_sealed = refunds_seen${rowLock(tx, 'share')}`,
      [idIn(brand.brandId), from, through],
    );
    const complete = new Set(rows.map((row) => `${row.business_date}/${row.channel}`));
    const open: { businessDate: string; channels: string[] }[] = [];
    for (let businessDate = from; businessDate <= through && open.length < MOST_DAYS; businessDate = nextDate(businessDate)) {
      const channels = brand.channels.map(({ code }) => code).filter((code) => !complete.has(`${businessDate}/${code}`));
      if (channels.length > 0) open.push({ businessDate, channels });
    }
    return open;
  }
}
