import { Injectable } from '@nestjs/common';
import { Database, KeysetList, idIn, idOut, int, type ListQuery } from '@concentric/service-kit';
import type { heldOrderRow } from '@concentric/contracts';
import type { z } from 'zod';

type HeldRow = z.infer<typeof heldOrderRow>;

const held = new KeysetList<HeldRow>({
  select: 'SELECT p.order_id, p.external_id, p.channel, p.occurred_at, p.held_reason, p.held_detail FROM purchase p',
  sorts: { occurredAt: { column: 'p.occurred_at', type: 'int', notNull: true } },
  defaultSort: 'occurredAt',
  key: 'p.order_id',
  row: (raw) => ({
    id: idOut(raw.order_id as Buffer),
    externalId: raw.external_id as string,
    channel: raw.channel as string,
    occurredAt: new Date(int(raw.occurred_at)).toISOString(),
    reason: raw.held_reason as HeldRow['reason'],
    detail: (raw.held_detail as string | null) ?? '',
  }),
});

@Injectable()
export class HeldPurchaseList {
  constructor(private readonly database: Database) {}

  page(brandId: string, query: ListQuery) {
    return this.database.read((tx) => held.page(tx, { query, where: [{ sql: "p.brand_id = ? AND p.state = 'HELD'", params: [idIn(brandId)] }] }));
  }
}
