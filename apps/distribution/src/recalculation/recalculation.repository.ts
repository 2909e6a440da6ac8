import { Injectable } from '@nestjs/common';
import {
  Clock,
  execute,
  idIn,
  idInOrNull,
  idOut,
  insertRows,
  int,
  intOrNull,
  namedId,
  newId,
  selectIn,
  type Brand,
  type Tx,
} from '@concentric/service-kit';
import type { OrderRefunded, PurchaseAttributed, RecalculationInput, RecalculationState } from '@concentric/contracts';
import type { DuePurchase } from '../commission/decision.rules';
import { BrandProgress } from '../purchase/brand-progress.service';
import { recalculationTransitions, type Difference, type RecalculationAction, type ShareOfLine } from './recalculation.rules';

/** A run as those who work on it need it. */
export interface StoredRun {
  id: string;
  brandId: string;
  planVersionId: string;
  from: string;
  to: string;
  reason: string;
  state: RecalculationState;
  overlapping: number;
  doneUntil: number | null;
  doneExternalId: string | null;
  adjustments: number;
  adjustmentsBooked: number;
  proposedBy: string;
  decidedBy: string | null;
  decisionReason: string | null;
}

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

const BOOKED = "state IN ('BOOKING', 'BOOKED')";

@Injectable()
export class RecalculationRepository {
  constructor(
    private readonly progress: BrandProgress,
    private readonly clock: Clock,
  ) {}

  /** Nothing is decided, taken back or recalculated for the brand until this transaction ends. */
  async lock(tx: Tx, brandId: string): Promise<void> {
    await this.progress.lock(tx, brandId);
  }

  async add(tx: Tx, brand: Brand, input: RecalculationInput, actorId: string): Promise<string> {
    const id = newId(this.clock);
    const orders: { n: unknown }[] = await tx.query(
      `SELECT COUNT(*) AS n FROM purchase WHERE ${DECIDED_IN}`,
      rangeOf(brand, input.from, input.to),
    );
    await insertRows(
      tx,
      'recalculation',
      [
        'recalculation_id',
        'brand_id',
        'plan_version_id',
        'from_date',
        'to_date',
        'reason',
        'state',
        'overlapping',
        'orders',
        'orders_done',
        'lines',
        'skipped_orders',
        'adjustments',
        'adjustments_booked',
        'proposed_by',
        'proposed_at',
      ],
      [
        [
          idIn(id),
          idIn(brand.brandId),
          idIn(input.planVersionId),
          input.from,
          input.to,
          input.reason,
          'COMPUTING',
          await this.overlapping(tx, brand.brandId, input.from, input.to),
          int(orders[0]!.n),
          0,
          0,
          0,
          0,
          0,
          idIn(actorId),
          this.clock.now(),
        ],
      ],
    );
    return id;
  }

  async find(tx: Tx, brandId: string, id: string): Promise<StoredRun | undefined> {
    const rows: Record<string, unknown>[] = await tx.query('SELECT * FROM recalculation WHERE brand_id = ? AND recalculation_id = ?', [
      idIn(brandId),
      idIn(id),
    ]);
    return rows[0] && toRun(rows[0]);
  }

  /** Runs over some of these dates that have been approved. */
  async overlapping(tx: Tx, brandId: string, from: string, to: string): Promise<number> {
    const rows: { n: unknown }[] = await tx.query(
      `SELECT COUNT(*) AS n FROM recalculation WHERE brand_id = ? AND ${BOOKED} AND from_date <= ? AND to_date >= ?`,
      [idIn(brandId), to, from],
    );
    return int(rows[0]!.n);
  }

  /** Moves a run on; false when somebody else did first. */
  async move(tx: Tx, id: string, action: RecalculationAction, decision?: { actorId: string; reason: string }): Promise<boolean> {
    const { from, to } = recalculationTransitions[action];
    const [who, params] = decision
      ? [', decided_by = ?, decided_at = ?, decision_reason = ?', [idIn(decision.actorId), this.clock.now(), decision.reason]]
      : ['', []];
    return (
      (await execute(tx, `UPDATE recalculation SET state = ?${who} WHERE recalculation_id = ? AND state = ?`, [
        to,
        ...params,
        idIn(id),
        from,
      ])) === 1
    );
  }

  /** The next orders of a run, in order of occurrence. */
  async next(tx: Tx, brand: Brand, run: StoredRun, limit: number): Promise<DuePurchase[]> {
    const after = run.doneUntil === null ? '' : ' AND (occurred_at > ? OR (occurred_at = ? AND external_id > ?))';
    const rows: Record<string, unknown>[] = await tx.query(
      `SELECT occurred_at, body FROM purchase WHERE ${DECIDED_IN}${after} ORDER BY occurred_at, external_id LIMIT ${limit}`,
      [...rangeOf(brand, run.from, run.to), ...(run.doneUntil === null ? [] : [run.doneUntil, run.doneUntil, run.doneExternalId])],
    );
    return rows.map((row) => ({ data: JSON.parse(row.body as string) as PurchaseAttributed, occurredAt: int(row.occurred_at) }));
  }

  /** How much of each line of these orders has been refunded, by `order/line`. */
  async refunded(tx: Tx, orderIds: readonly string[]): Promise<Map<string, number>> {
    const rows = await selectIn<{ body: string }>(
      tx,
      "SELECT body FROM refund WHERE state = 'APPLIED' AND order_id IN (?in)",
      orderIds.map(idIn),
    );
    const sums = new Map<string, number>();
    for (const { body } of rows) {
      const { orderId, lines } = JSON.parse(body) as OrderRefunded;
      for (const { lineNo, amountMinor } of lines) sums.set(`${orderId}/${lineNo}`, (sums.get(`${orderId}/${lineNo}`) ?? 0) + amountMinor);
    }
    return sums;
  }

  /** What the books say of these orders: what lines have left, and what approved recalculations added to or took from it. */
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
    const shares = new Map<string, ShareOfLine[]>();
    for (const row of [...lines, ...corrected]) {
      const orderId = idOut(row.order_id as Buffer);
      const share = {
        lineNo: int(row.line_no),
        role: row.role as string,
        partnerId: idOut(row.partner_id as Buffer),
        lineId: row.line_id === null ? null : idOut(row.line_id as Buffer),
        amountMinor: int(row.amount),
      };
      const list = shares.get(orderId);
      if (list) list.push(share);
      else shares.set(orderId, [share]);
    }
    return shares;
  }

  /** Keeps where a batch of orders disagrees, and how far the run is. */
  async save(tx: Tx, run: StoredRun, orders: readonly DuePurchase[], found: readonly Disagreement[], skipped: number): Promise<void> {
    const runId = idIn(run.id);
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
        const name = `recalculation/${run.id}/${partnerId}/${order.currency}/${order.period}`;
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
    const last = orders[orders.length - 1]!;
    await execute(
      tx,
      'UPDATE recalculation SET orders_done = orders_done + ?, `lines` = `lines` + ?, skipped_orders = skipped_orders + ?, done_until = ?, done_external_id = ? WHERE recalculation_id = ?',
      [orders.length, lines.length, skipped, last.occurredAt, last.data.externalId, runId],
    );
  }

  /** Notes how many adjustments a run comes to: those that say something. */
  async countAdjustments(tx: Tx, id: string): Promise<void> {
    await execute(
      tx,
      'UPDATE recalculation SET adjustments = (SELECT COUNT(*) FROM recalculation_total t WHERE t.recalculation_id = ? AND t.difference_minor <> 0) WHERE recalculation_id = ?',
      [idIn(id), idIn(id)],
    );
  }

  async open(tx: Tx, id: string, limit: number): Promise<OpenTotal[]> {
    const rows: Record<string, unknown>[] = await tx.query(
      `SELECT total_id, partner_id, currency, origin_period, difference_minor FROM recalculation_total WHERE recalculation_id = ? AND adjustment_id IS NULL AND difference_minor <> 0 ORDER BY total_id LIMIT ${limit}`,
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

  async settle(tx: Tx, id: string, booked: readonly { totalId: string; adjustmentId: string }[]): Promise<void> {
    for (const { totalId, adjustmentId } of booked)
      await execute(tx, 'UPDATE recalculation_total SET adjustment_id = ? WHERE total_id = ?', [idIn(adjustmentId), idIn(totalId)]);
    await execute(tx, 'UPDATE recalculation SET adjustments_booked = adjustments_booked + ? WHERE recalculation_id = ?', [
      booked.length,
      idIn(id),
    ]);
  }
}

const DECIDED_IN = "brand_id = ? AND state = 'DECIDED' AND occurred_at >= ? AND occurred_at < ?";

function rangeOf({ brandId, calendar }: Brand, from: string, to: string): unknown[] {
  return [idIn(brandId), calendar.startOfDate(from), calendar.endOfDate(to)];
}

function toRun(row: Record<string, unknown>): StoredRun {
  return {
    id: idOut(row.recalculation_id as Buffer),
    brandId: idOut(row.brand_id as Buffer),
    planVersionId: idOut(row.plan_version_id as Buffer),
    from: row.from_date as string,
    to: row.to_date as string,
    reason: row.reason as string,
    state: row.state as RecalculationState,
    overlapping: int(row.overlapping),
    doneUntil: intOrNull(row.done_until),
    doneExternalId: row.done_external_id as string | null,
    adjustments: int(row.adjustments),
    adjustmentsBooked: int(row.adjustments_booked),
    proposedBy: idOut(row.proposed_by as Buffer),
    decidedBy: row.decided_by === null ? null : idOut(row.decided_by as Buffer),
    decisionReason: row.decision_reason as string | null,
  };
}
