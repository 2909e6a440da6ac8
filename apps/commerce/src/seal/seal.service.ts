import { Injectable } from '@nestjs/common';
import { intakeSealed, type FieldError, type Seal } from '@concentric/contracts';
import { Clock, Database, idIn, insertRows, int, invalid, Outbox, rowLock, selectIn, type Tx } from '@concentric/service-kit';
import { BrandRepository } from '../brand/brand.repository';
import { isDate, type BrandRules } from '../brand/brand.rules';
import { fault } from '../intake/intake.rules';
import { nextSeal, type DayCounts } from './seal.rules';

interface Day {
  channel: string;
  businessDate: string;
}
interface RawCount {
  business_date: string;
  facts: unknown;
  minor: unknown;
}

const sealColumns = ['brand_id', 'channel', 'business_date', 'revision', 'orders', 'refunds', 'paid_minor', 'refunded_minor', 'sealed_at'];

/** Seals: how many facts of a channel and business date have been published, so that others know when they have all. */
@Injectable()
export class SealService {
  constructor(
    private readonly database: Database,
    private readonly brands: BrandRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * Seals days; days whose counts are sealed already are left alone. Waits for intake under way.
   * Raises invalid_input (400) with channel_unknown and no_such_date, unknown_brand (404).
   */
  async seal(brandId: string, days: readonly Day[]): Promise<{ sealed: number; unchanged: number }> {
    return this.database.transaction(async (tx) => {
      const brand = await this.brands.lock(tx, brandId, 'update');
      const errors = days.flatMap((day, at) => dayFaults(brand, day, at));
      if (errors.length > 0) throw invalid(errors.slice(0, 100));
      const distinct = [...new Map(days.map((day) => [keyOf(day), day])).values()];
      const sealed = await this.write(tx, brandId, distinct, await this.last(tx, brandId, distinct));
      return { sealed, unchanged: days.length - sealed };
    });
  }

  /** Renews the seals of days that were sealed before and have had facts published since. */
  async renew(tx: Tx, brandId: string, days: readonly Day[]): Promise<void> {
    if (days.length === 0) return;
    const last = await this.last(tx, brandId, days);
    const sealedBefore = days.filter((day) => last.has(keyOf(day)));
    if (sealedBefore.length > 0) await this.write(tx, brandId, sealedBefore, last);
  }

  private async write(tx: Tx, brandId: string, days: readonly Day[], last: ReadonlyMap<string, Seal>): Promise<number> {
    const counts = await this.count(tx, brandId, days);
    const seals = days.flatMap((day) => nextSeal({ brandId, ...day }, counts.get(keyOf(day)) ?? nothing(), last.get(keyOf(day))) ?? []);
    seals.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
    const now = this.clock.now();
    const rows = seals.map((seal) => [
      idIn(brandId),
      seal.channel,
      seal.businessDate,
      seal.revision,
      seal.orders,
      seal.refunds,
      seal.paidMinor,
      seal.refundedMinor,
      now,
    ]);
    await insertRows(tx, 'intake_seal', sealColumns, rows, { key: sealColumns.slice(0, 3), set: sealColumns.slice(3) });
    await this.outbox.add(tx, intakeSealed, seals);
    return seals.length;
  }

  private async last(tx: Tx, brandId: string, days: readonly Day[]): Promise<Map<string, Seal>> {
    const sql = `SELECT channel, business_date, revision, orders, refunds, paid_minor, refunded_minor FROM intake_seal
      WHERE brand_id = ? AND business_date IN (?in) ORDER BY channel, business_date${rowLock(tx, 'update')}`;
    const dates = [...new Set(days.map((day) => day.businessDate))].sort();
    const rows = await selectIn<Record<'channel' | 'business_date', string> & Record<string, unknown>>(tx, sql, dates, [idIn(brandId)]);
    return new Map(
      rows.map((row) => {
        const seal: Seal = {
          brandId,
          channel: row.channel,
          businessDate: row.business_date,
          revision: int(row['revision']),
          orders: int(row['orders']),
          refunds: int(row['refunds']),
          paidMinor: int(row['paid_minor']),
          refundedMinor: int(row['refunded_minor']),
        };
        return [keyOf(seal), seal];
      }),
    );
  }

  /** Two aggregates per channel, each answered from a covering index. */
  private async count(tx: Tx, brandId: string, days: readonly Day[]): Promise<Map<string, DayCounts>> {
    const counts = new Map<string, DayCounts>();
    const at = (channel: string, businessDate: string) => {
      const key = keyOf({ channel, businessDate });
      const found = counts.get(key) ?? nothing();
      counts.set(key, found);
      return found;
    };
    for (const channel of new Set(days.map((day) => day.channel))) {
      const dates = days.filter((day) => day.channel === channel).map((day) => day.businessDate);
      const before = [idIn(brandId), channel];
      const orders = await selectIn<RawCount>(
        tx,
        'SELECT business_date, COUNT(*) AS facts, SUM(net_minor) AS minor FROM order_header WHERE brand_id = ? AND channel = ? AND business_date IN (?in) AND paid_at IS NOT NULL GROUP BY business_date',
        dates,
        before,
      );
      for (const row of orders) Object.assign(at(channel, row.business_date), { orders: int(row.facts), paidMinor: int(row.minor) });
      const refunds = await selectIn<RawCount>(
        tx,
        "SELECT business_date, COUNT(*) AS facts, SUM(refunded_minor) AS minor FROM refund WHERE brand_id = ? AND channel = ? AND business_date IN (?in) AND state = 'applied' GROUP BY business_date",
        dates,
        before,
      );
      for (const row of refunds) Object.assign(at(channel, row.business_date), { refunds: int(row.facts), refundedMinor: int(row.minor) });
    }
    return counts;
  }
}

function nothing(): DayCounts {
  return { orders: 0, refunds: 0, paidMinor: 0, refundedMinor: 0 };
}

function keyOf(day: Day): string {
  return `${day.channel} ${day.businessDate}`;
}

function dayFaults(brand: BrandRules, day: Day, at: number): FieldError[] {
  const errors = brand.channelFaults(`items[${at}].channel`, day.channel);
  if (!isDate(day.businessDate))
    errors.push(
      fault(`items[${at}].businessDate`, 'no_such_date', 'there is no such date', 'Send a date of the calendar, such as 2026-01-31.'),
    );
  return errors;
}
