import { Injectable } from '@nestjs/common';
import type { sealListQuery, SealRow } from '@concentric/contracts';
import { Database, idIn, int, KeysetList, iso, type Page, type SqlFragment } from '@concentric/service-kit';
import type { z } from 'zod';

const seals = new KeysetList<SealRow>({
  select: 'SELECT channel, business_date, revision, orders, refunds, paid_minor, refunded_minor, sealed_at FROM intake_seal',
  sorts: { businessDate: { column: 'business_date', type: 'text', notNull: true } },
  defaultSort: '-businessDate',
  key: 'channel',
  keyType: 'text',
  row: (raw) => ({
    channel: String(raw['channel']),
    businessDate: String(raw['business_date']),
    revision: int(raw['revision']),
    orders: int(raw['orders']),
    refunds: int(raw['refunds']),
    paidMinor: int(raw['paid_minor']),
    refundedMinor: int(raw['refunded_minor']),
    sealedAt: iso(raw['sealed_at']),
  }),
});

/** The newest seal of each channel and business date, as it is read. */
@Injectable()
export class SealListService {
  constructor(private readonly database: Database) {}

  list(brandId: string, query: z.output<typeof sealListQuery>): Promise<Page<SealRow>> {
    const where: SqlFragment[] = [{ sql: 'brand_id = ?', params: [idIn(brandId)] }];
    if (query.channel) where.push({ sql: 'channel = ?', params: [query.channel] });
    if (query.from) where.push({ sql: 'business_date >= ?', params: [query.from] });
    if (query.to) where.push({ sql: 'business_date <= ?', params: [query.to] });
    return this.database.read((tx) => seals.page(tx, { query, where }));
  }
}
