import { Injectable } from '@nestjs/common';
import type { BrandRow } from '@concentric/contracts';
import { BrandCalendar, idIn, idOut, rowLock, unknownBrand, type Tx } from '@concentric/service-kit';
import { BrandRules } from './brand.rules';

interface RawBrand {
  brand_id: Uint8Array;
  code: string;
  name: string;
  zone: string;
  currency: string;
}
interface RawChannel {
  brand_id: Uint8Array;
  code: string;
  domain: BrandRow['channels'][number]['domain'];
  name: string;
}

/**
 * Brands and the lock that orders intake. Batches of orders share the brand's row; refunds, seals and changes of the
 * brand hold it alone: so a refund that finds no order can be sure that none is being taken in beside it, a seal
 * counts no half batch, and a zone cannot change under the first order.
 */
@Injectable()
export class BrandRepository {
  private readonly calendars = new Map<string, BrandCalendar>();

  /** @throws unknownBrand (404) */
  async lock(tx: Tx, brandId: string, kind: 'share' | 'update'): Promise<BrandRules> {
    const brand = await this.find(tx, brandId, rowLock(tx, kind));
    if (!brand) throw unknownBrand(brandId);
    return new BrandRules({ ...brand, calendar: this.calendar(brand.zone) });
  }

  /** @param lock SQL suffix of a row lock, or nothing */
  async find(tx: Tx, brandId: string, lock = ''): Promise<BrandRow | undefined> {
    const id = idIn(brandId);
    const rows: RawBrand[] = await tx.query(`SELECT brand_id, code, name, zone, currency FROM brand WHERE brand_id = ?${lock}`, [id]);
    const row = rows[0];
    if (!row) return undefined;
    const channels: RawChannel[] = await tx.query('SELECT brand_id, code, domain, name FROM channel WHERE brand_id = ? ORDER BY place', [
      id,
    ]);
    return toBrand(row, channels);
  }

  /** Every brand with its channels. */
  async all(tx: Tx): Promise<BrandRow[]> {
    const brands: RawBrand[] = await tx.query('SELECT brand_id, code, name, zone, currency FROM brand ORDER BY code');
    const channels: RawChannel[] = await tx.query('SELECT brand_id, code, domain, name FROM channel ORDER BY place');
    return brands.map((brand) =>
      toBrand(
        brand,
        channels.filter((channel) => idOut(channel.brand_id) === idOut(brand.brand_id)),
      ),
    );
  }

  /** Whether anything has been sold: from then on zone and currency stay. */
  async hasOrders(tx: Tx, brandId: string): Promise<boolean> {
    const rows: unknown[] = await tx.query('SELECT 1 AS found FROM order_header WHERE brand_id = ? LIMIT 1', [idIn(brandId)]);
    return rows.length > 0;
  }

  /** Which of the given channels already have records, and so may not be taken from the brand. */
  async channelsInUse(tx: Tx, brandId: string, codes: readonly string[]): Promise<string[]> {
    const used: string[] = [];
    for (const code of codes) {
      for (const table of ['order_header', 'refund']) {
        const rows: unknown[] = await tx.query(`SELECT 1 AS found FROM ${table} WHERE brand_id = ? AND channel = ? LIMIT 1`, [
          idIn(brandId),
          code,
        ]);
        if (rows.length > 0 && !used.includes(code)) used.push(code);
      }
    }
    return used;
  }

  /** Writes a brand and its channels as they are given; channels that are missing go. @param now epoch ms */
  async save(tx: Tx, brand: BrandRow, now: number): Promise<void> {
    const id = idIn(brand.brandId);
    const known = await this.find(tx, brand.brandId);
    if (known)
      await tx.query('UPDATE brand SET name = ?, zone = ?, currency = ?, updated_at = ? WHERE brand_id = ?', [
        brand.name,
        brand.zone,
        brand.currency,
        now,
        id,
      ]);
    else {
      await tx.query('INSERT INTO brand (brand_id, code, name, zone, currency, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?)', [
        id,
        brand.code,
        brand.name,
        brand.zone,
        brand.currency,
        now,
        now,
      ]);
    }
    await tx.query('DELETE FROM channel WHERE brand_id = ?', [id]);
    for (const [place, channel] of brand.channels.entries()) {
      await tx.query('INSERT INTO channel (brand_id, code, domain, name, place) VALUES (?, ?, ?, ?, ?)', [
        id,
        channel.code,
        channel.domain,
        channel.name,
        place,
      ]);
    }
  }

  private calendar(zone: string): BrandCalendar {
    const known = this.calendars.get(zone);
    if (known) return known;
    const calendar = new BrandCalendar(zone);
    this.calendars.set(zone, calendar);
    return calendar;
  }
}

function toBrand(row: RawBrand, channels: readonly RawChannel[]): BrandRow {
  const { code, name, zone, currency } = row;
  return {
    brandId: idOut(row.brand_id),
    code,
    name,
    zone,
    currency,
    channels: channels.map((channel) => ({ code: channel.code, domain: channel.domain, name: channel.name })),
  };
}
