import { Injectable } from '@nestjs/common';
import { Database, KeysetList, idIn, idOut, iso, selectIn, type ListQuery, type Tx } from '@concentric/service-kit';
import type { heldOrderRow } from '@concentric/contracts';
import type { z } from 'zod';
import { remedies } from './held-purchase.rules';

type HeldRow = z.infer<typeof heldOrderRow>;

const held = new KeysetList<HeldRow>({
  select: `SELECT p.order_id, p.external_id, p.channel, p.occurred_at, p.held_reason, p.held_detail, h.action, h.reason, h.proposed_by, h.proposed_at
             FROM purchase p LEFT JOIN held_proposal h ON h.order_id = p.order_id AND h.state = 'PROPOSED'`,
  sorts: { occurredAt: { column: 'p.occurred_at', type: 'int', notNull: true } },
  defaultSort: 'occurredAt',
  key: 'p.order_id',
  row: (raw) => ({
    id: idOut(raw.order_id as Buffer),
    externalId: raw.external_id as string,
    channel: raw.channel as string,
    occurredAt: iso(raw.occurred_at),
    reason: raw.held_reason as HeldRow['reason'],
    detail: (raw.held_detail as string | null) ?? '',
    remedy: remedies[raw.held_reason as HeldRow['reason']],
    proposal: proposalOf(raw),
  }),
});

@Injectable()
export class HeldPurchaseList {
  constructor(private readonly database: Database) {}

  /** A page of orders that are held, each with what can be done about it. */
  page(brandId: string, query: ListQuery) {
    return this.database.read(async (tx) => {
      const page = await held.page(tx, { query, where: [{ sql: "p.brand_id = ? AND p.state = 'HELD'", params: [idIn(brandId)] }] });
      return { ...page, data: await withNames(tx, page.data) };
    });
  }
}

/** Whose account is halted is kept by id; whoever reads it knows partners by code and name. */
async function withNames(tx: Tx, rows: readonly HeldRow[]): Promise<HeldRow[]> {
  const halted = rows.filter(({ reason }) => reason === 'account_halted');
  const partners = await selectIn<{ partner_id: Buffer; code: string; name: string }>(
    tx,
    'SELECT partner_id, code, name FROM partner WHERE partner_id IN (?in)',
    halted.map(({ detail }) => idIn(detail)),
  );
  const names = new Map(partners.map(({ partner_id: id, code, name }) => [idOut(id), `${code} ${name}`]));
  return rows.map((row) => (row.reason === 'account_halted' ? { ...row, detail: names.get(row.detail) ?? row.detail } : row));
}

function proposalOf(raw: Record<string, unknown>): HeldRow['proposal'] {
  if (raw.action === null) return null;
  return {
    action: raw.action as 'void' | 'accept',
    reason: raw.reason as string,
    proposedBy: idOut(raw.proposed_by as Buffer),
    proposedAt: iso(raw.proposed_at),
  };
}
