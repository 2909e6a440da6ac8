import { Injectable } from '@nestjs/common';
import {
  Clock,
  Database,
  KeysetList,
  execute,
  idIn,
  idOut,
  insertRows,
  partnerScopeSql,
  selectIn,
  iso,
  type ListQuery,
  type Operator,
  type Tx,
} from '@concentric/service-kit';
import type { payoutBlockRow } from '@concentric/contracts';
import type { z } from 'zod';

type BlockRow = z.infer<typeof payoutBlockRow>;

const blocks = new KeysetList<BlockRow>({
  select:
    'SELECT b.partner_id, p.code, p.name, b.reason, b.blocked_by, b.blocked_at FROM payout_block b LEFT JOIN partner p ON p.partner_id = b.partner_id',
  sorts: { blockedAt: { column: 'b.blocked_at', type: 'int', notNull: true } },
  defaultSort: '-blockedAt',
  key: 'b.partner_id',
  row: (raw) => ({
    id: idOut(raw.partner_id as Buffer),
    partnerCode: raw.code as string,
    partnerName: raw.name as string,
    reason: raw.reason as string,
    blockedBy: idOut(raw.blocked_by as Buffer),
    blockedAt: iso(raw.blocked_at),
  }),
});

/** Which partners are not to be paid for the time being. */
@Injectable()
export class PayoutBlockRepository {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  page(brandId: string, query: ListQuery, operator: Operator) {
    return this.database.read((tx) =>
      blocks.page(tx, { query, where: [{ sql: 'b.brand_id = ?', params: [idIn(brandId)] }, partnerScopeSql(operator, 'b.partner_id')] }),
    );
  }

  /** Those of the partners that are blocked. */
  async blocked(tx: Tx, partnerIds: readonly string[]): Promise<Set<string>> {
    const rows = await selectIn<{ partner_id: Buffer }>(
      tx,
      'SELECT partner_id FROM payout_block WHERE partner_id IN (?in)',
      partnerIds.map(idIn),
    );
    return new Set(rows.map((row) => idOut(row.partner_id)));
  }

  /** False when the partner was blocked already. */
  async add(tx: Tx, brandId: string, partnerId: string, reason: string, actorId: string): Promise<boolean> {
    const row = [idIn(partnerId), idIn(brandId), reason, idIn(actorId), this.clock.now()];
    return (await insertRows(tx, 'payout_block', ['partner_id', 'brand_id', 'reason', 'blocked_by', 'blocked_at'], [row], 'ignore')) === 1;
  }

  /** False when the partner was not blocked. */
  async remove(tx: Tx, brandId: string, partnerId: string): Promise<boolean> {
    return (await execute(tx, 'DELETE FROM payout_block WHERE brand_id = ? AND partner_id = ?', [idIn(brandId), idIn(partnerId)])) === 1;
  }
}
