import { Injectable } from '@nestjs/common';
import { idIn, idInOrNull, idOut, insertRows, int, selectIn, sendRows, updateRows, type Tx } from '@concentric/service-kit';
import type { EarnedLine, Reversal } from './reversal.rules';
import { lineHash, type Share } from './split.rules';

/** A share about to be frozen. */
export interface NewLine {
  lineId: string;
  brandId: string;
  orderId: string;
  lineNo: number;
  netMinor: number;
  planVersionId: string;
  share: Share;
  currency: string;
  channel: string;
  occurredAt: number;
  originDate: string;
  originPeriod: string;
  periodId: string;
  matureAt: number;
  txnId: string | null;
}

/** An earned line as a refund finds it. */
export interface StoredLine extends EarnedLine {
  brandId: string;
  orderId: string;
  lineNo: number;
  planVersionId: string;
  ruleNo: number;
  bindingId: string | null;
  ratePpm: number | null;
  currency: string;
  channel: string;
  occurredAt: number;
  originDate: string;
  originPeriod: string;
  chain: string;
  hash: Buffer;
  /** Reversals already booked against this line. */
  reversals: number;
}

/** A reversal about to be booked. */
export interface NewReversal {
  lineId: string;
  stored: StoredLine;
  reversal: Reversal;
  refundId: string;
  occurredAt: number;
  periodId: string;
  docSeq: number;
  txnId: string | null;
}

const LINE_COLUMNS = [
  'line_id',
  'brand_id',
  'order_id',
  'line_no',
  'role',
  'kind',
  'doc_seq',
  'partner_id',
  'plan_version_id',
  'rule_no',
  'binding_id',
  'base_minor',
  'rate_ppm',
  'fixed_minor',
  'cap_minor',
  'amount_minor',
  'currency',
  'channel',
  'occurred_at',
  'origin_date',
  'origin_period',
  'period_id',
  'against',
  'reverses_id',
  'refund_id',
  'txn_id',
  'chain',
  'line_hash',
] as const;

const STATE_COLUMNS = [
  'line_id',
  'brand_id',
  'partner_id',
  'state',
  'mature_at',
  'earned_minor',
  'reversed_minor',
  'net_minor',
  'refunded_minor',
  'matured_minor',
  'role',
  'channel',
  'origin_date',
  'origin_period',
  'currency',
  'line_check',
] as const;

/** Freezes commission lines and moves the narrow rows beside them; always many rows per statement. */
@Injectable()
export class CommissionRepository {
  /** Writes lines that never change, and the narrow rows beside them that do. Amounts in minor units. */
  async freeze(tx: Tx, lines: readonly NewLine[]): Promise<void> {
    const hashes: Buffer[] = [];
    await sendRows(tx, 'commission_line', LINE_COLUMNS, frozenRows(lines, hashes));
    await sendRows(tx, 'commission_state', STATE_COLUMNS, stateRows(lines, hashes));
  }

  /** Every earned line of these orders, with how often it has been reversed. */
  async earned(tx: Tx, orderIds: readonly string[]): Promise<StoredLine[]> {
    const rows = await selectIn<Record<string, unknown>>(
      tx,
      `SELECT c.line_id, c.brand_id, c.order_id, c.line_no, c.role, c.partner_id, c.plan_version_id, c.rule_no, c.binding_id, c.rate_ppm, c.currency, c.channel, c.occurred_at, c.origin_date,
              c.origin_period, c.chain, c.line_hash, s.state, s.earned_minor, s.reversed_minor, s.net_minor, s.refunded_minor,
              (SELECT COUNT(*) FROM commission_line r WHERE r.order_id = c.order_id AND r.line_no = c.line_no AND r.role = c.role AND r.kind = 'REVERSE') AS reversals
         FROM commission_line c JOIN commission_state s ON s.line_id = c.line_id
        WHERE c.kind = 'EARN' AND c.order_id IN (?in)`,
      orderIds.map(idIn),
    );
    return rows.map((row) => ({
      lineId: idOut(row.line_id as Buffer),
      brandId: idOut(row.brand_id as Buffer),
      orderId: idOut(row.order_id as Buffer),
      lineNo: int(row.line_no),
      role: row.role as string,
      partnerId: idOut(row.partner_id as Buffer),
      planVersionId: idOut(row.plan_version_id as Buffer),
      ruleNo: int(row.rule_no),
      bindingId: row.binding_id === null ? null : idOut(row.binding_id as Buffer),
      ratePpm: row.rate_ppm === null ? null : int(row.rate_ppm),
      currency: row.currency as string,
      channel: row.channel as string,
      occurredAt: int(row.occurred_at),
      originDate: row.origin_date as string,
      originPeriod: row.origin_period as string,
      chain: row.chain as string,
      hash: row.line_hash as Buffer,
      state: row.state as StoredLine['state'],
      earnedMinor: int(row.earned_minor),
      reversedMinor: int(row.reversed_minor),
      netMinor: int(row.net_minor),
      refundedMinor: int(row.refunded_minor),
      reversals: int(row.reversals),
    }));
  }

  /** Books reversals as new lines that name the line they correct, and moves the totals of that line. */
  async takeBack(tx: Tx, reversals: readonly NewReversal[], touched: readonly StoredLine[]): Promise<void> {
    const rows = reversals.map(({ lineId, stored, reversal, refundId, occurredAt, periodId, docSeq, txnId }) => [
      idIn(lineId),
      idIn(stored.brandId),
      idIn(stored.orderId),
      stored.lineNo,
      stored.role,
      'REVERSE',
      docSeq,
      idIn(stored.partnerId),
      idIn(stored.planVersionId),
      stored.ruleNo,
      idInOrNull(stored.bindingId),
      reversal.refundedMinor,
      stored.ratePpm,
      null,
      null,
      -reversal.amountMinor,
      stored.currency,
      stored.channel,
      occurredAt,
      stored.originDate,
      stored.originPeriod,
      periodId,
      reversal.line.state === 'MATURED' ? 'payable' : 'pending',
      idIn(stored.lineId),
      idIn(refundId),
      idInOrNull(txnId),
      stored.chain,
      stored.hash,
    ]);
    await insertRows(tx, 'commission_line', LINE_COLUMNS, rows);
    const states = [...touched]
      .sort((a, b) => (a.lineId < b.lineId ? -1 : 1))
      .map((line) => [idIn(line.lineId), line.state, line.reversedMinor, line.refundedMinor]);
    await updateRows(tx, 'commission_state', ['line_id'], ['state', 'reversed_minor', 'refunded_minor'], states);
  }
}

/** Notes the hash of each line in `hashes`. */
function* frozenRows(lines: readonly NewLine[], hashes: Buffer[]): Generator<unknown[]> {
  for (const line of lines) {
    const { share } = line;
    const hash = lineHash(line.orderId, line.lineNo, line.planVersionId, share);
    hashes.push(hash);
    yield [
      idIn(line.lineId),
      idIn(line.brandId),
      idIn(line.orderId),
      line.lineNo,
      share.role,
      'EARN',
      0,
      idIn(share.partnerId),
      idIn(line.planVersionId),
      share.ruleNo,
      idInOrNull(share.bindingId),
      share.baseMinor,
      share.ratePpm,
      share.fixedMinor,
      share.capMinor,
      share.amountMinor,
      line.currency,
      line.channel,
      line.occurredAt,
      line.originDate,
      line.originPeriod,
      line.periodId,
      'pending',
      null,
      null,
      idInOrNull(line.txnId),
      JSON.stringify(share.chain),
      hash,
    ];
  }
}

function* stateRows(lines: readonly NewLine[], hashes: readonly Buffer[]): Generator<unknown[]> {
  for (const [at, line] of lines.entries())
    yield [
      idIn(line.lineId),
      idIn(line.brandId),
      idIn(line.share.partnerId),
      'ACCRUED',
      line.matureAt,
      line.share.amountMinor,
      0,
      line.netMinor,
      0,
      0,
      line.share.role,
      line.channel,
      line.originDate,
      line.originPeriod,
      line.currency,
      hashes[at]!.readUInt32BE(0),
    ];
}
