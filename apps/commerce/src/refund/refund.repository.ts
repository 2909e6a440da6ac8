import { Injectable } from '@nestjs/common';
import { idIn, idInOrNull, idOut, insertRows, int, intOrNull, rowLock, selectIn, updateRows, type Tx } from '@concentric/service-kit';
import type { BrandRules } from '../brand/brand.rules';
import type { RefundCandidate, RefundDesk, RefundOutcome } from './refund-desk.rules';
import type { RefundPart } from './refund.rules';

interface RawRefund {
  refund_id: Uint8Array;
  channel: string;
  external_id: string;
  content_hash: Uint8Array;
  order_external_id: string | null;
  match_index: Uint8Array | null;
  match_sku: string | null;
  occurred_at: unknown;
  business_date: string;
  period: string;
  asked_lines: string | null;
  requested_minor: unknown;
  reason: string | null;
}

const columns = [
  'refund_id',
  'brand_id',
  'channel',
  'external_id',
  'content_hash',
  'state',
  'hold_reason',
  'order_id',
  'order_external_id',
  'match_index',
  'match_sku',
  'occurred_at',
  'business_date',
  'period',
  'currency',
  'asked_lines',
  'requested_minor',
  'refunded_minor',
  'reason',
  'created_at',
  'updated_at',
];
const selectRefund =
  'SELECT refund_id, channel, external_id, content_hash, order_external_id, match_index, match_sku, occurred_at, business_date, period, asked_lines, requested_minor, reason FROM refund';

/** Multi-row reads and writes of refunds. */
@Injectable()
export class RefundRepository {
  /** Content hashes of refunds that are here already, by channel and external id. */
  async hashes(tx: Tx, brandId: string, externalIds: readonly string[]): Promise<Map<string, Buffer>> {
    const rows = await selectIn<{ channel: string; external_id: string; content_hash: Uint8Array }>(
      tx,
      'SELECT channel, external_id, content_hash FROM refund WHERE brand_id = ? AND external_id IN (?in)',
      [...new Set(externalIds)].sort(),
      [idIn(brandId)],
    );
    return new Map(rows.map((row) => [`${row.channel} ${row.external_id}`, Buffer.from(row.content_hash)]));
  }

  /** Locks refunds that wait for orders with these external ids, in any channel. */
  async waitingFor(tx: Tx, brandId: string, orderExternalIds: readonly string[]): Promise<RefundCandidate[]> {
    const sql = `${selectRefund} WHERE brand_id = ? AND state = ? AND order_external_id IN (?in)${rowLock(tx, 'update')}`;
    const rows = await selectIn<RawRefund>(tx, sql, [...new Set(orderExternalIds)].sort(), [idIn(brandId), 'waiting']);
    return rows.map(toCandidate);
  }

  /** Locks refunds that are held for want of a matching line of one of these buyers (blind indexes, hex). */
  async heldFor(tx: Tx, brandId: string, indexes: readonly string[]): Promise<RefundCandidate[]> {
    const sql = `${selectRefund} WHERE brand_id = ? AND state = ? AND match_index IN (?in)${rowLock(tx, 'update')}`;
    const rows = await selectIn<RawRefund>(
      tx,
      sql,
      [...new Set(indexes)].sort().map((index) => Buffer.from(index, 'hex')),
      [idIn(brandId), 'held'],
    );
    return rows.map(toCandidate);
  }

  /** Writes what a desk has decided: new refunds, new states of kept ones, and the parts of those applied. */
  async write(tx: Tx, brand: BrandRules, decided: RefundDesk['decided'], now: number): Promise<void> {
    const brandId = idIn(brand.brandId);
    const added: unknown[][] = [];
    const changed: unknown[][] = [];
    const parts: unknown[][] = [];
    for (const { candidate, outcome } of decided) {
      if (outcome.state === 'refused') continue;
      const refundId = idIn(candidate.refundId);
      const result = resultOf(outcome);
      if (!candidate.isStored) added.push(toRow(candidate, brand, result, now));
      else if (outcome.state !== 'waiting')
        changed.push([refundId, result.state, result.holdReason, idInOrNull(result.orderId), result.refundedMinor, now]);
      if (outcome.state === 'applied') for (const part of outcome.parts) parts.push([refundId, part.lineNo, brandId, part.amountMinor]);
    }
    await insertRows(tx, 'refund', columns, added);
    await updateRows(tx, 'refund', ['refund_id'], ['state', 'hold_reason', 'order_id', 'refunded_minor', 'updated_at'], changed);
    await insertRows(tx, 'refund_line', ['refund_id', 'line_no', 'brand_id', 'amount_minor'], parts);
  }
}

function resultOf(outcome: Exclude<RefundOutcome, { state: 'refused' }>) {
  return {
    state: outcome.state,
    holdReason: outcome.state === 'held' ? outcome.reason : null,
    orderId: outcome.state === 'applied' ? outcome.order.orderId : null,
    refundedMinor: outcome.state === 'applied' ? outcome.refundedMinor : 0,
  };
}

function toRow({ refundId, request }: RefundCandidate, brand: BrandRules, result: ReturnType<typeof resultOf>, now: number): unknown[] {
  const askedMinor = request.lines ? request.lines.reduce((total, part) => total + part.amountMinor, 0) : request.amountMinor;
  return [
    idIn(refundId),
    idIn(brand.brandId),
    request.channel,
    request.externalId,
    request.contentHash,
    result.state,
    result.holdReason,
    idInOrNull(result.orderId),
    request.orderExternalId,
    request.match ? Buffer.from(request.match.index, 'hex') : null,
    request.match?.sku ?? null,
    request.occurredAt,
    request.businessDate,
    request.period,
    brand.currency,
    request.lines ? JSON.stringify(request.lines) : null,
    askedMinor,
    result.refundedMinor,
    request.reason,
    now,
    now,
  ];
}

function toCandidate(row: RawRefund): RefundCandidate {
  const lines: RefundPart[] | null = row.asked_lines === null ? null : JSON.parse(row.asked_lines);
  return {
    refundId: idOut(row.refund_id),
    isStored: true,
    request: {
      channel: row.channel,
      externalId: row.external_id,
      occurredAt: int(row.occurred_at),
      businessDate: row.business_date,
      period: row.period,
      orderExternalId: row.order_external_id,
      match: row.match_index === null ? null : { index: Buffer.from(row.match_index).toString('hex'), sku: row.match_sku ?? '' },
      lines,
      amountMinor: lines ? null : intOrNull(row.requested_minor),
      reason: row.reason,
      contentHash: Buffer.from(row.content_hash),
    },
  };
}
