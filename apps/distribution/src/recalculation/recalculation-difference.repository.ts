import { Injectable } from '@nestjs/common';
import {
  Clock,
  execute,
  grouped,
  idIn,
  idInOrNull,
  idOut,
  idOutOrNull,
  insertRows,
  int,
  namedId,
  newId,
  selectIn,
  type Tx,
} from '@concentric/service-kit';
import type { PurchaseAttributed } from '@concentric/contracts';
import { BOOKED } from './recalculation.repository';
import type { Difference, ShareOfLine } from './recalculation.rules';

/** Where a plan version and the books disagree, by order. */
export interface Disagreement {
  order: PurchaseAttributed;
  differences: Difference[];
}

/** One adjustment that is still to be booked. */
export interface OpenTotal {
  totalId: string;
  partnerId: string;
  currency: string;
  originPeriod: string;
  differenceMinor: number;
}

const OPEN = 't.recalculation_id = ? AND t.adjustment_id IS NULL AND t.difference_minor <> 0';

/** What the books say of orders, and where a run found that its plan version disagrees: line by line, and in total. */
@Injectable()
export class RecalculationDifferences {
  constructor(private readonly clock: Clock) {}

  /** What the books say of these orders, by order: what lines have left, and what approved recalculations added to or took from it. */
  async booked(tx: Tx, orderIds: readonly string[]): Promise<Map<string, ShareOfLine[]>> {
    const ids = orderIds.map(idIn);
    const lines = await selectIn<Record<string, unknown>>(
      tx,
      "SELECT c.order_id, c.line_no, c.role, c.partner_id, c.line_id, s.earned_minor - s.reversed_minor AS amount FROM commission_line c JOIN commission_state s ON s.line_id = c.line_id WHERE c.kind = 'EARN' AND c.order_id IN (?in)",
      ids,
    );
    const corrected = await selectIn<Record<string, unknown>>(
      tx,
      `SELECT l.order_id, l.line_no, l.role, l.partner_id, l.line_id, l.difference_minor AS amount FROM recalculation_line l JOIN recalculation r ON r.recalculation_id = l.recalculation_id AND r.${BOOKED} WHERE l.order_id IN (?in)`,
      ids,
    );
    const shares = [...lines, ...corrected].map((row): ShareOfLine & { orderId: string } => ({
      orderId: idOut(row.order_id as Buffer),
      lineNo: int(row.line_no),
      role: row.role as string,
      partnerId: idOut(row.partner_id as Buffer),
      lineId: idOutOrNull(row.line_id as Buffer | null),
      amountMinor: int(row.amount),
    }));
    return grouped(shares, ({ orderId }) => orderId);
  }

  /** Keeps where orders disagree, and adds it up per partner, currency and origin period. Returns how many differences were kept. */
  async save(tx: Tx, recalculationId: string, found: readonly Disagreement[]): Promise<number> {
    const runId = idIn(recalculationId);
    const lines: unknown[][] = [];
    const totals = new Map<string, { key: readonly [string, string, string]; figures: [number, number, number, number] }>();
    for (const { order, differences } of found) {
      for (const { lineNo, role, partnerId, lineId, expectedMinor, bookedMinor, differenceMinor } of differences) {
        lines.push([
          idIn(newId(this.clock)),
          runId,
          idIn(order.orderId),
          lineNo,
          role,
          idIn(partnerId),
          order.currency,
          order.period,
          idInOrNull(lineId),
          expectedMinor,
          bookedMinor,
          differenceMinor,
        ]);
        const name = `recalculation/${recalculationId}/${partnerId}/${order.currency}/${order.period}`;
        const { key, figures } = totals.get(name) ?? { key: [partnerId, order.currency, order.period] as const, figures: [0, 0, 0, 0] };
        totals.set(name, {
          key,
          figures: [figures[0] + 1, figures[1] + expectedMinor, figures[2] + bookedMinor, figures[3] + differenceMinor],
        });
      }
    }
    await insertRows(
      tx,
      'recalculation_line',
      [
        'difference_id',
        'recalculation_id',
        'order_id',
        'line_no',
        'role',
        'partner_id',
        'currency',
        'origin_period',
        'line_id',
        'expected_minor',
        'booked_minor',
        'difference_minor',
      ],
      lines,
    );
    const rows = [...totals].map(
      ([
        name,
        {
          key: [partnerId, currency, period],
          figures,
        },
      ]) => [idIn(namedId(name)), runId, idIn(partnerId), currency, period, ...figures],
    );
    const added = ['lines', 'expected_minor', 'booked_minor', 'difference_minor'] as const;
    await insertRows(
      tx,
      'recalculation_total',
      ['total_id', 'recalculation_id', 'partner_id', 'currency', 'origin_period', ...added],
      rows.sort((a, b) => Buffer.compare(a[0] as Buffer, b[0] as Buffer)),
      {
        key: ['total_id'],
        add: added,
      },
    );
    return lines.length;
  }

  /** Totals that come to something, have no adjustment yet and whose partner's accounts are open, by id. Amounts in minor units, signed. */
  async open(tx: Tx, id: string, limit: number): Promise<OpenTotal[]> {
    const rows: Record<string, unknown>[] = await tx.query(
      `SELECT total_id, partner_id, currency, origin_period, difference_minor FROM recalculation_total t WHERE ${OPEN} AND NOT EXISTS (
          SELECT 1 FROM ledger_account a JOIN account_halt h ON h.account_id = a.account_id AND h.released_at IS NULL WHERE a.partner_id = t.partner_id)
        ORDER BY total_id LIMIT ${limit}`,
      [idIn(id)],
    );
    return rows.map((row) => ({
      totalId: idOut(row.total_id as Buffer),
      partnerId: idOut(row.partner_id as Buffer),
      currency: row.currency as string,
      originPeriod: row.origin_period as string,
      differenceMinor: int(row.difference_minor),
    }));
  }

  /** Halted accounts that keep totals of a run from being booked. */
  async halted(tx: Tx, id: string): Promise<string[]> {
    const rows: { account_id: Buffer }[] = await tx.query(
      `SELECT DISTINCT a.account_id FROM account_halt h JOIN ledger_account a ON a.account_id = h.account_id JOIN recalculation_total t ON t.partner_id = a.partner_id
        WHERE h.released_at IS NULL AND ${OPEN}`,
      [idIn(id)],
    );
    return rows.map((row) => idOut(row.account_id));
  }

  /** Notes the adjustments that totals of a run were booked by. */
  async settle(tx: Tx, id: string, booked: readonly { totalId: string; adjustmentId: string }[]): Promise<void> {
    for (const { totalId, adjustmentId } of booked)
      await execute(tx, 'UPDATE recalculation_total SET adjustment_id = ? WHERE total_id = ?', [idIn(adjustmentId), idIn(totalId)]);
    await execute(tx, 'UPDATE recalculation SET adjustments_booked = adjustments_booked + ? WHERE recalculation_id = ?', [
      booked.length,
      idIn(id),
    ]);
  }
}
