import { Injectable } from '@nestjs/common';
import {
  Clock,
  execute,
  idIn,
  idOut,
  insertRows,
  int,
  intOrNull,
  namedId,
  newId,
  type Brand,
  type Jobs,
  type Tx,
} from '@concentric/service-kit';
import type { RecalculationInput, RecalculationState } from '@concentric/contracts';
import type { DuePurchase } from '../commission/decision.rules';
import { BrandProgress } from '../purchase/brand-progress.service';
import { orderOf } from '../purchase/order-cost.rules';
import { recalculationTransitions, type RecalculationAction } from './recalculation.rules';

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

/** Runs whose differences count: approved, whether or not all of their adjustments have been written. */
export const BOOKED = "state IN ('BOOKING', 'BOOKED')";

export const BOOK_RECALCULATION = 'book-recalculation';

/** Has approved runs booked on whose job has given up. What they differ by counts as given from their approval on: none may stay behind. */
export async function resumeBooking(tx: Tx, jobs: Jobs, brandId: string): Promise<void> {
  const runs: { recalculation_id: Buffer }[] = await tx.query(
    "SELECT recalculation_id FROM recalculation WHERE brand_id = ? AND state = 'BOOKING'",
    [idIn(brandId)],
  );
  for (const { recalculation_id: id } of runs) await jobs.retry(tx, namedId(`job/${BOOK_RECALCULATION}/${idOut(id)}`));
}

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

  /** Begins a run over the orders decided in a range of business dates, both inclusive. Returns its id. */
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

  /** Undefined when the brand has no run of this id. */
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

  /** Has an order with differences been refunded since the run was proposed? */
  async hasRefunds(tx: Tx, id: string): Promise<boolean> {
    const rows: unknown[] = await tx.query(
      "SELECT f.refund_id FROM recalculation r JOIN recalculation_line l ON l.recalculation_id = r.recalculation_id JOIN refund f ON f.order_id = l.order_id WHERE r.recalculation_id = ? AND f.state = 'APPLIED' AND f.applied_at > r.proposed_at LIMIT 1",
      [idIn(id)],
    );
    return rows.length > 0;
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
      `SELECT occurred_at, body, costs FROM purchase WHERE ${DECIDED_IN}${after} ORDER BY occurred_at, external_id LIMIT ${limit}`,
      [...rangeOf(brand, run.from, run.to), ...(run.doneUntil === null ? [] : [run.doneUntil, run.doneUntil, run.doneExternalId])],
    );
    return rows.map((row) => ({ ...orderOf(row), occurredAt: int(row.occurred_at) }));
  }

  /** Notes how far a run is: the orders it has compared, the differences kept of them and the orders it could not compare. */
  async advance(tx: Tx, id: string, orders: readonly DuePurchase[], lines: number, skipped: number): Promise<void> {
    const last = orders[orders.length - 1]!;
    await execute(
      tx,
      'UPDATE recalculation SET orders_done = orders_done + ?, `lines` = `lines` + ?, skipped_orders = skipped_orders + ?, done_until = ?, done_external_id = ? WHERE recalculation_id = ?',
      [orders.length, lines, skipped, last.occurredAt, last.data.externalId, idIn(id)],
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
