import { Injectable } from '@nestjs/common';
import { idIn, idOut, idOutOrNull, int, isoOrNull, type Operator, type Tx } from '@concentric/service-kit';
import type { whyAmount } from '@concentric/contracts';
import type { z } from 'zod';
import { DOCUMENT } from '../adjustment/adjustment.repository';
import { seesWholeBrand } from '../statement/published.rules';

type Why = z.infer<typeof whyAmount>;
export type WhyAdjustment = Why['adjustments'][number];

/** What of a line belongs into the statement of a period. */
export interface LinePart {
  period: string;
  figure: 'earnedMinor' | 'reversedMinor' | 'adjustedMinor';
  amountMinor: number;
}

const ADJUSTMENT = `SELECT a.adjustment_id, a.kind, a.amount_minor, a.period_id, a.origin_period, a.line_id, a.source, ${DOCUMENT.column}, a.state,
         a.reason, a.proposed_by, a.decided_by, a.txn_id FROM adjustment a ${DOCUMENT.join}`;

/** The documents of finance that a line or a statement is explained by. */
@Injectable()
export class WhyDocumentRepository {
  /** Adjustments that name the line, proposed ones too, with the transactions they were booked by. */
  async adjustmentsOfLine(tx: Tx, lineId: string): Promise<{ adjustment: WhyAdjustment; txnId: string | null }[]> {
    const rows: Record<string, unknown>[] = await tx.query(`${ADJUSTMENT} WHERE a.line_id = ? ORDER BY a.adjustment_id`, [idIn(lineId)]);
    return rows.map((row) => ({ adjustment: toAdjustment(row), txnId: idOutOrNull(row.txn_id as Buffer | null) }));
  }

  /** Adjustments and write-offs that were booked for a partner in a period. */
  async adjustmentsOfPeriod(tx: Tx, partnerId: string, currency: string, period: string): Promise<WhyAdjustment[]> {
    const rows: Record<string, unknown>[] = await tx.query(
      `${ADJUSTMENT} WHERE a.partner_id = ? AND a.period_id = ? AND a.currency = ? AND a.state = 'BOOKED' ORDER BY a.adjustment_id`,
      [idIn(partnerId), period, currency],
    );
    return rows.map(toAdjustment);
  }

  /** What recalculations found about the share that an earned line holds. */
  async recalculations(tx: Tx, line: { orderId: string; lineNo: number; role: string; partnerId: string }): Promise<Why['recalculations']> {
    const rows: Record<string, unknown>[] = await tx.query(
      `SELECT r.recalculation_id, r.state, r.decided_at, v.code, v.version, l.expected_minor, l.booked_minor, l.difference_minor
         FROM recalculation_line l JOIN recalculation r ON r.recalculation_id = l.recalculation_id JOIN plan_version v ON v.plan_version_id = r.plan_version_id
        WHERE l.order_id = ? AND l.line_no = ? AND l.role = ? AND l.partner_id = ? ORDER BY r.recalculation_id`,
      [idIn(line.orderId), line.lineNo, line.role, idIn(line.partnerId)],
    );
    return rows.map((row) => ({
      id: idOut(row.recalculation_id as Buffer),
      state: row.state as Why['recalculations'][number]['state'],
      planCode: row.code as string,
      planVersion: int(row.version),
      expectedMinor: int(row.expected_minor),
      bookedMinor: int(row.booked_minor),
      differenceMinor: int(row.difference_minor),
      decidedAt: isoOrNull(row.decided_at),
    }));
  }

  /** The statements that count in the periods of the parts, each with what of the line is on it. */
  async statements(tx: Tx, brandId: string, partnerId: string, currency: string, parts: readonly LinePart[]): Promise<Why['statements']> {
    const periods = [...new Set(parts.map((part) => part.period))].sort();
    if (periods.length === 0) return [];
    const rows: Record<string, unknown>[] = await tx.query(
      `SELECT statement_id, period_id, revision, state FROM statement
        WHERE partner_id = ? AND period_id IN (${periods.map(() => '?').join(', ')}) AND brand_id = ? AND currency = ? AND state <> 'VOID' ORDER BY period_id`,
      [idIn(partnerId), ...periods, idIn(brandId), currency],
    );
    return rows.map((row) => {
      const statement = {
        id: idOut(row.statement_id as Buffer),
        period: row.period_id as string,
        revision: int(row.revision),
        state: row.state as Why['statements'][number]['state'],
      };
      const figures = { earnedMinor: 0, reversedMinor: 0, adjustedMinor: 0 };
      for (const { period, figure, amountMinor } of parts) if (period === statement.period) figures[figure] += amountMinor;
      return { ...statement, ...figures };
    });
  }
}

/** A partner sees what was booked for or against it, not what is merely proposed, nor what finance wrote about it. */
export function adjustmentsFor(operator: Operator, adjustments: readonly WhyAdjustment[]): WhyAdjustment[] {
  if (seesWholeBrand(operator)) return [...adjustments];
  const hidden = { sourceId: null, reason: null, proposedBy: null, decidedBy: null };
  return adjustments.filter(({ state }) => state === 'BOOKED').map((adjustment) => ({ ...adjustment, ...hidden }));
}

function toAdjustment(row: Record<string, unknown>): WhyAdjustment {
  return {
    id: idOut(row.adjustment_id as Buffer),
    kind: row.kind as WhyAdjustment['kind'],
    amountMinor: int(row.amount_minor),
    period: row.period_id as string | null,
    originPeriod: row.origin_period as string | null,
    lineId: idOutOrNull(row.line_id as Buffer | null),
    source: row.source as WhyAdjustment['source'],
    state: row.state as WhyAdjustment['state'],
    sourceId: row.source === 'manual' ? null : idOut(row.document_id as Buffer),
    reason: row.reason as string,
    proposedBy: idOut(row.proposed_by as Buffer),
    decidedBy: idOutOrNull(row.decided_by as Buffer | null),
  };
}
