import { Injectable } from '@nestjs/common';
import {
  KeysetList,
  idIn,
  idOut,
  idOutOrNull,
  int,
  intOrNull,
  iso,
  isoOrNull,
  type ListQuery,
  type SqlFragment,
  type Tx,
} from '@concentric/service-kit';
import type { whyLineQuery, whyLineRow } from '@concentric/contracts';
import type { z } from 'zod';
import { accountIdOf } from '../ledger/ledger.repository';

type WhyLineRow = z.infer<typeof whyLineRow>;

/** Whose movement of which period the lines make up. */
export interface Movement {
  brandId: string;
  partnerId: string;
  currency: string;
  period: string;
}

const COLUMNS = `c.line_id, c.order_id, p.external_id, c.line_no, c.role, c.channel, c.occurred_at, c.origin_date, c.origin_period, c.base_minor, c.rate_ppm, c.fixed_minor, c.cap_minor,
  c.amount_minor, c.currency, c.plan_version_id, v.code, v.version, c.rule_no, c.refund_id, f.occurred_at AS refunded_at`;
const NAMES =
  'LEFT JOIN purchase p ON p.order_id = c.order_id LEFT JOIN plan_version v ON v.plan_version_id = c.plan_version_id LEFT JOIN refund f ON f.refund_id = c.refund_id';

/** What became payable, found by the index that statements are built from. */
const earned = list(
  `SELECT ${COLUMNS}, s.matured_minor AS part FROM commission_state s LEFT JOIN commission_line c ON c.line_id = s.line_id ${NAMES}`,
  's.line_id',
);
/** What was taken back from payable, found by the account it was booked on. */
const reversed = list(
  `SELECT ${COLUMNS}, e.amount_minor AS part FROM ledger_entry e LEFT JOIN commission_line c ON c.line_id = e.line_id ${NAMES}`,
  'e.line_id',
);

/** The lines behind two figures of a statement; over all pages they sum to it (inv 42). */
@Injectable()
export class WhyLineRepository {
  page(tx: Tx, movement: Movement, { part, ...query }: z.output<typeof whyLineQuery>) {
    return part === 'earned'
      ? earned.page(tx, { query: query as ListQuery, where: [maturedIn(movement)] })
      : reversed.page(tx, { query: query as ListQuery, where: [takenBackIn(movement)] });
  }

  /** How many lines there are behind a figure, and what they sum to. */
  async sum(
    tx: Tx,
    movement: Movement,
    part: z.output<typeof whyLineQuery>['part'],
  ): Promise<{ documents: number; documentsMinor: number }> {
    const [from, where] =
      part === 'earned'
        ? ['SUM(s.matured_minor) AS total, COUNT(*) AS n FROM commission_state s', maturedIn(movement)]
        : [
            'SUM(-c.amount_minor) AS total, COUNT(*) AS n FROM ledger_entry e JOIN commission_line c ON c.line_id = e.line_id',
            takenBackIn(movement),
          ];
    const rows: { total: unknown; n: unknown }[] = await tx.query(`SELECT ${from} WHERE ${where.sql}`, where.params);
    return { documents: int(rows[0]!.n), documentsMinor: int(rows[0]!.total ?? 0) };
  }
}

function maturedIn({ brandId, partnerId, currency, period }: Movement): SqlFragment {
  return {
    sql: 's.brand_id = ? AND s.matured_period = ? AND s.partner_id = ? AND s.currency = ?',
    params: [idIn(brandId), period, idIn(partnerId), currency],
  };
}

function takenBackIn({ brandId, partnerId, currency, period }: Movement): SqlFragment {
  return {
    sql: "e.account_id = ? AND e.currency = ? AND e.period_id = ? AND e.kind = 'reverse'",
    params: [idIn(accountIdOf(brandId, partnerId, 'payable', currency)), currency, period],
  };
}

function list(select: string, key: string): KeysetList<WhyLineRow> {
  return new KeysetList({ select, sorts: { id: { column: key, type: 'id', notNull: true } }, defaultSort: '-id', key, row: toRow });
}

function toRow(raw: Record<string, unknown>): WhyLineRow {
  return {
    id: idOut(raw.line_id as Buffer),
    orderId: idOut(raw.order_id as Buffer),
    orderExternalId: raw.external_id as string,
    lineNo: int(raw.line_no),
    role: raw.role as string,
    channel: raw.channel as string,
    occurredAt: iso(raw.occurred_at),
    originDate: raw.origin_date as string,
    originPeriod: raw.origin_period as string,
    baseMinor: int(raw.base_minor),
    ratePpm: intOrNull(raw.rate_ppm),
    fixedMinor: intOrNull(raw.fixed_minor),
    capMinor: intOrNull(raw.cap_minor),
    amountMinor: int(raw.amount_minor),
    partMinor: int(raw.part),
    currency: raw.currency as string,
    planVersionId: idOut(raw.plan_version_id as Buffer),
    planCode: raw.code as string,
    planVersion: int(raw.version),
    ruleNo: int(raw.rule_no),
    refundId: idOutOrNull(raw.refund_id as Buffer | null),
    refundedAt: isoOrNull(raw.refunded_at),
  };
}
