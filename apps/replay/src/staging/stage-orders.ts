import type { MappedRow } from './record-mapper';
import { refuse } from './record-mapper';
import { contentKey, lineAmount, stageLine } from './stage-lines';
import { stageNegative } from './stage-refunds';
import { channelOf, linked, takeOnce, type Place, type Stage } from './stager';

/** Statuses in the order in which they outrank each other. */
export const statuses = ['created', 'paid', 'shipped', 'completed', 'cancelled'] as const;

interface StagedOrder {
  status: number;
  paid: number | null;
  cancelled: number | null;
  fulfilment: number | null;
}

/** One row per order; with an amount it is an order of one line. */
export function stageOrder(stage: Stage, row: MappedRow, place: Place): void {
  const external = row.text('order', 100) ?? `${stage.name.slice(-60)}${contentKey(stage, place, '', row.texts())}`;
  takeOrder(stage, row, place, external);
}

/** One row per line; with a time it says all about its order too. */
export function stageOrderLine(stage: Stage, row: MappedRow, place: Place): void {
  takeOrder(stage, row, place, row.needed('order', 100));
}

function takeOrder(stage: Stage, row: MappedRow, place: Place, external: string): void {
  const hasHead = stage.mapper.has('placedAt');
  const hasLine = stage.mapper.has('amount') || stage.mapper.has('unitPrice');
  const channel = channelOf(stage, row, !hasHead);
  if (hasLine) {
    const { amount } = lineAmount(row);
    if (amount < 0) return stageNegative(stage, row, place, { channel, external, amount });
  }
  if (hasHead) stageHead(stage, row, place, channel, external);
  if (hasLine) stageLine(stage, row, place, { channel, external });
}

/** Keeps what an order froze when it was placed, and the highest status that any row gives it. */
function stageHead(stage: Stage, row: MappedRow, place: Place, channel: string, external: string): void {
  const { database, mapper } = stage;
  const placed = row.moment('placedAt') ?? refuse('placedAt', 'missing', 'is empty', `fill in ${mapper.nameOf('placedAt')}`);
  const status = statuses.indexOf(row.choice('status', statuses) ?? 'paid');
  const [paid, cancelled] = [row.moment('paidAt') ?? null, row.moment('cancelledAt') ?? null];
  const fulfilment = row.amount('fulfilment') ?? null;
  if (fulfilment !== null && fulfilment < 0) refuse('fulfilment', 'bad_amount', 'is negative', 'write what fulfilment cost');
  // On a row per line the store and guide belong to the line.
  const own = mapper.spec.kind === 'orders';
  const frozen = {
    placed,
    buyer: buyerOf(stage, row, external),
    store: (own ? row.text('store') : undefined) ?? linked(stage, 'order-store', external) ?? null,
    guide: (own ? row.text('guide') : undefined) ?? linked(stage, 'order-guide', external) ?? null,
    leader: row.text('leader') ?? linked(stage, 'order-leader', external) ?? null,
    touchpoint: row.text('touchpoint') ?? null,
  };
  const rest = { status, paid, cancelled, fulfilment, day: mapper.brandZone.dateAt(placed) };
  if (takeOnce(stage, place, { table: 'orders', key: { channel, external }, content: frozen, rest }, `order ${external}`, external)) return;
  const key = [channel, external];
  const before = database.get<StagedOrder>('SELECT * FROM orders WHERE channel = ? AND external = ?', key)!;
  const change = [
    Math.max(before.status, status),
    earliest(before.paid, paid),
    earliest(before.cancelled, cancelled),
    before.fulfilment ?? fulfilment,
  ];
  database.run('UPDATE orders SET status = ?, paid = ?, cancelled = ?, fulfilment = ? WHERE channel = ? AND external = ?', [
    ...change,
    ...key,
  ]);
}

function buyerOf(stage: Stage, row: MappedRow, external: string): string | null {
  const buyer = row.buyer((id) => linked(stage, 'buyer', id) ?? id);
  const named = buyer.length > 0 ? undefined : linked(stage, 'order-buyer', external);
  if (named !== undefined) buyer.push({ type: 'external', value: linked(stage, 'buyer', named) ?? named });
  return buyer.length > 0 ? JSON.stringify(buyer) : null;
}

function earliest(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.min(a, b);
}
