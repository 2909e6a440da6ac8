import { Injectable } from '@nestjs/common';
import { ownReason, type PayoutItemState, type PayoutState } from '@concentric/contracts';
import {
  Audit,
  chunks,
  execute,
  idIn,
  idOut,
  idOutOrNull,
  insertRows,
  int,
  intOrNull,
  rowLock,
  selectIn,
  type SqlFragment,
  type Tx,
} from '@concentric/service-kit';
import type { Debtor } from './file/payout-file.rules';
import { payoutItemTransitions, type PayoutItemAction } from './payout-item.rules';
import { payoutTransitions, type PayoutAction, type PayoutUnderReview } from './payout.rules';

export interface PayoutBatch extends PayoutUnderReview {
  batchId: string;
  currency: string;
  grossMinor: number;
  taxMinor: number;
  amountMinor: number;
  approvedAt: number | null;
  debtor: Debtor | null;
  csvHash: string | null;
  pain001Hash: string | null;
}

export interface PayoutItem {
  itemId: string;
  batchId: string;
  statementId: string;
  partnerId: string;
  period: string;
  payeeId: string;
  currency: string;
  grossMinor: number;
  taxMinor: number;
  amountMinor: number;
  state: PayoutItemState;
}

/** Who moves something, why, and which other columns change with it. */
export interface PayoutMove {
  actorId: string;
  reason?: string;
  set?: Readonly<Record<string, unknown>>;
}

const ITEM_COLUMNS =
  'item_id, batch_id, statement_id, partner_id, period_id, payee_id, currency, gross_minor, tax_minor, amount_minor, state';
const CHUNK = 500;

/** Selects the partners that a batch would pay. */
export const plannedFor = (batchId: string): SqlFragment => ({
  sql: "SELECT partner_id FROM payout_item WHERE batch_id = ? AND state = 'PLANNED'",
  params: [idIn(batchId)],
});

/** Batches and their items. Whoever changes a batch or one of its items holds the lock on the batch. */
@Injectable()
export class PayoutRepository {
  constructor(private readonly audit: Audit) {}

  /** Locks batches in the order of their ids. */
  async lock(tx: Tx, brandId: string, batchIds: readonly string[]): Promise<Map<string, PayoutBatch>> {
    const rows = await selectIn<Record<string, unknown>>(
      tx,
      `SELECT * FROM payout_batch WHERE brand_id = ? AND batch_id IN (?in) ORDER BY batch_id${rowLock(tx, 'update')}`,
      [...new Set(batchIds)].sort().map(idIn),
      [idIn(brandId)],
    );
    return new Map(rows.map(toBatch).map((batch) => [batch.batchId, batch]));
  }

  async find(tx: Tx, brandId: string, batchId: string): Promise<PayoutBatch | undefined> {
    const rows: Record<string, unknown>[] = await tx.query('SELECT * FROM payout_batch WHERE brand_id = ? AND batch_id = ?', [
      idIn(brandId),
      idIn(batchId),
    ]);
    return rows.map(toBatch)[0];
  }

  /** Moves a locked batch and records it; the caller has asked the rules. Returns it as it is now. */
  async move(
    tx: Tx,
    brandId: string,
    batch: PayoutBatch,
    action: PayoutAction,
    { actorId, reason, set = {} }: PayoutMove,
  ): Promise<PayoutBatch> {
    const { to, verb } = payoutTransitions[action];
    const state = to ?? batch.state;
    const changes = Object.keys(set).map((column) => `, ${column} = ?`);
    const moved = await execute(
      tx,
      `UPDATE payout_batch SET state = ?, version = version + 1${changes.join('')} WHERE batch_id = ? AND state = ? AND version = ?`,
      [state, ...Object.values(set), idIn(batch.batchId), batch.state, batch.version],
    );
    if (moved !== 1) throw new Error(`payout batch ${batch.batchId} moved although it was locked`);
    await this.audit.record(tx, {
      actorId,
      action: `payout.${verb}`,
      entityType: 'payout',
      entityId: batch.batchId,
      brandId,
      from: batch.state,
      to: state,
      reason: reason || ownReason('as_shown', { verb }),
      after: { version: batch.version },
    });
    return (await this.find(tx, brandId, batch.batchId))!;
  }

  /** Items of a batch that still count, in the order of the file, page by page. */
  async *pages(tx: Tx, batchId: string): AsyncGenerator<PayoutItem[]> {
    for (let after = 0; ;) {
      const rows: Record<string, unknown>[] = await tx.query(
        `SELECT seq, ${ITEM_COLUMNS} FROM payout_item WHERE batch_id = ? AND seq > ? AND state NOT IN ('EJECTED', 'CANCELLED') ORDER BY seq LIMIT ${CHUNK}`,
        [idIn(batchId), after],
      );
      if (rows.length > 0) yield rows.map(toItem);
      if (rows.length < CHUNK) return;
      after = int(rows.at(-1)!.seq);
    }
  }

  async items(tx: Tx, brandId: string, itemIds: readonly string[]): Promise<Map<string, PayoutItem>> {
    const rows = await selectIn<Record<string, unknown>>(
      tx,
      `SELECT ${ITEM_COLUMNS} FROM payout_item WHERE brand_id = ? AND item_id IN (?in)`,
      itemIds.map(idIn),
      [idIn(brandId)],
    );
    return new Map(rows.map(toItem).map((item) => [item.itemId, item]));
  }

  /** Items of a partner that no batch has been approved with yet. */
  async unapprovedOf(tx: Tx, partnerId: string): Promise<PayoutItem[]> {
    const rows: Record<string, unknown>[] = await tx.query(
      `SELECT ${ITEM_COLUMNS.split(', ')
        .map((name) => `i.${name}`)
        .join(', ')} FROM payout_item i JOIN payout_batch b ON b.batch_id = i.batch_id
        WHERE i.partner_id = ? AND i.state = 'PLANNED' AND b.state IN ('DRAFT', 'SUBMITTED')`,
      [idIn(partnerId)],
    );
    return rows.map(toItem);
  }

  /** Batches that a partner is to be paid with and that have not been sent. */
  async batchesOf(tx: Tx, partnerId: string): Promise<string[]> {
    const rows: { batch_id: Buffer }[] = await tx.query(
      "SELECT DISTINCT batch_id FROM payout_item WHERE partner_id = ? AND state = 'PLANNED'",
      [idIn(partnerId)],
    );
    return rows.map((row) => idOut(row.batch_id));
  }

  /** Moves items, whose batches are locked, out of the states where the action begins, and records each. */
  async moveItems(
    tx: Tx,
    brandId: string,
    items: readonly PayoutItem[],
    action: PayoutItemAction,
    { actorId, reason, set = {} }: PayoutMove,
  ): Promise<void> {
    const { to, verb } = payoutItemTransitions[action];
    const changes = Object.keys(set).map((column) => `, ${column} = ?`);
    for (const chunk of chunks(items, CHUNK)) {
      const from = new Set(chunk.map(({ state }) => state));
      const moved = await execute(
        tx,
        `UPDATE payout_item SET state = ?, version = version + 1${changes.join('')} WHERE item_id IN (${chunk.map(() => '?').join(', ')}) AND state IN (${[...from].map(() => '?').join(', ')})`,
        [to, ...Object.values(set), ...chunk.map(({ itemId }) => idIn(itemId)), ...from],
      );
      if (moved !== chunk.length) throw new Error(`${chunk.length - moved} payout items moved although their batches were locked`);
      await this.audit.record(
        tx,
        chunk.map(({ itemId, state }) => ({
          actorId,
          action: `payout-item.${verb}`,
          entityType: 'payout_item',
          entityId: itemId,
          brandId,
          from: state,
          to,
          reason: reason || ownReason('as_shown', { verb }),
        })),
      );
    }
  }

  async insert(tx: Tx, brandId: string, batch: readonly unknown[], items: readonly (readonly unknown[])[]): Promise<void> {
    await insertRows(
      tx,
      'payout_batch',
      [
        'batch_id',
        'brand_id',
        'currency',
        'note',
        'state',
        'items',
        'gross_minor',
        'tax_minor',
        'amount_minor',
        'prepared_by',
        'prepared_at',
        'version',
      ],
      [batch],
    );
    await insertRows(
      tx,
      'payout_item',
      [
        'item_id',
        'brand_id',
        'batch_id',
        'seq',
        'statement_id',
        'partner_id',
        'period_id',
        'payee_id',
        'former_payee_id',
        'currency',
        'gross_minor',
        'tax_minor',
        'amount_minor',
        'state',
        'replaces_id',
        'prepared_by',
        'checked_by',
        'second_checked_by',
        'version',
      ],
      items,
    );
  }
}

function toBatch(row: Record<string, unknown>): PayoutBatch {
  return {
    batchId: idOut(row.batch_id as Buffer),
    currency: row.currency as string,
    state: row.state as PayoutState,
    version: int(row.version),
    items: int(row.items),
    grossMinor: int(row.gross_minor),
    taxMinor: int(row.tax_minor),
    amountMinor: int(row.amount_minor),
    preparedBy: idOut(row.prepared_by as Buffer),
    submittedBy: idOutOrNull(row.submitted_by as Buffer | null),
    approvedBy: idOutOrNull(row.approved_by as Buffer | null),
    approvedAt: intOrNull(row.approved_at),
    cancelProposedBy: idOutOrNull(row.cancel_proposed_by as Buffer | null),
    debtor: row.debtor === null ? null : (JSON.parse(row.debtor as string) as Debtor),
    csvHash: (row.csv_hash as string | null) ?? null,
    pain001Hash: (row.pain001_hash as string | null) ?? null,
  };
}

function toItem(row: Record<string, unknown>): PayoutItem {
  return {
    itemId: idOut(row.item_id as Buffer),
    batchId: idOut(row.batch_id as Buffer),
    statementId: idOut(row.statement_id as Buffer),
    partnerId: idOut(row.partner_id as Buffer),
    period: row.period_id as string,
    payeeId: idOut(row.payee_id as Buffer),
    currency: row.currency as string,
    grossMinor: int(row.gross_minor),
    taxMinor: int(row.tax_minor),
    amountMinor: int(row.amount_minor),
    state: row.state as PayoutItemState,
  };
}
