import { createHash } from 'node:crypto';
import { refuse, type MappedRow } from './record-mapper';
import { contentKey, product } from './stage-lines';
import { channelOf, linked, takeOnce, type Place, type Stage } from './stager';

interface StagedRefund {
  channel: string;
  occurred: number;
  order: string | null;
  line: string | null;
  sku: string | null;
  buyer: string | null;
  pieces: number | null;
  amount: number | null;
  reason: string | null;
}

/** One row per refund, or per refunded line. */
export function stageRefund(stage: Stage, row: MappedRow, place: Place): void {
  const order = row.text('order', 100) ?? null;
  const refund: StagedRefund = {
    channel: channelOf(stage, row, order !== null),
    occurred: row.moment('occurredAt') ?? refuse('occurredAt', 'missing', 'is empty', 'fill in when the money went back'),
    order,
    line: row.text('line', 100) ?? null,
    sku: row.text('sku') ?? null,
    buyer: order === null ? buyerOf(stage, row) : null,
    ...moneyOf(row),
    reason: row.text('reason', 200) ?? null,
  };
  if (order === null && (refund.buyer === null || refund.sku === null)) {
    refuse('order', 'missing', 'names neither an order nor a buyer and a product', 'fill in the order number, or both buyer and sku');
  }
  takeRefund(stage, place, row.text('refund', 100), refund);
}

/** A sold line with a negative amount, where the manifest says that this is a refund. */
export function stageNegative(
  stage: Stage,
  row: MappedRow,
  place: Place,
  sold: { channel: string; external: string; amount: number },
): void {
  const { negatives } = stage.mapper.spec;
  if (negatives === 'reject') {
    refuse('amount', 'negative', 'is negative', 'say in "negatives" of the file what a negative amount is');
  }
  const byOrder = negatives === 'refund-of-order';
  const buyer = byOrder ? null : buyerOf(stage, row);
  const sku = row.text('sku') ?? null;
  if (!byOrder && (buyer === null || sku === null)) {
    refuse('buyer', 'missing', 'is a return without a buyer or a product, so no order can be found for it', 'fill in both');
  }
  const given = row.text('line', 100);
  const key = given ?? contentKey(stage, place, `${sold.channel} ${sold.external}`, [sku, sold.amount]);
  const line = byOrder ? (given ?? null) : null;
  const occurred = row.moment('placedAt') ?? refuse('placedAt', 'missing', 'a return needs its own time', 'map placedAt of the file');
  const refund = {
    channel: sold.channel,
    occurred,
    order: byOrder ? sold.external : null,
    line,
    sku,
    buyer,
    pieces: null,
    amount: -sold.amount,
    reason: null,
  };
  takeRefund(stage, place, `${sold.external}:${key}`.slice(0, 100), refund);
}

function takeRefund(stage: Stage, place: Place, id: string | undefined, refund: StagedRefund): void {
  const { database, mapper } = stage;
  const { channel, occurred, order, line, sku, buyer, pieces, amount, reason } = refund;
  // A refund of several lines comes as several rows with one number: each is a refund of its own here.
  let external = id === undefined ? undefined : line === null ? id : `${id}:${line}`;
  if (external === undefined) {
    // A number is shown to everybody: of a buyer, who may be a phone number, only a digest stands in it.
    const content = [order ?? digest(buyer ?? ''), line ?? sku, occurred, amount ?? pieces ?? 'rest'].join(':');
    external = `${content}:${database.occurrence(place.file, 'refund', `${channel} ${content}`)}`;
    if (external.length > 100)
      refuse('refund', 'too_long', 'has no number of its own and none could be made up', 'map the number of the refund');
  }
  const content = { occurred, order_external: order, line_key: line, sku, buyer, pieces, amount, reason };
  const find = (number: string) => database.get('SELECT * FROM refund WHERE channel = ? AND external = ?', [channel, number]);
  // Without numbers of lines the rows of one refund differ in their product.
  const mayDiffer = mapper.spec.kind === 'refunds' && id !== undefined && line === null && sku !== null;
  const first = mayDiffer ? find(external) : undefined;
  if (first && first.sku !== sku) external = `${external}:${sku}`.slice(0, 100);
  const rest = { day: mapper.brandZone.dateAt(occurred) };
  takeOnce(stage, place, { table: 'refund', key: { channel, external }, content, rest }, `refund ${external}`, external);
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 24);
}

/** An amount, or price times pieces, or pieces alone (their part of the line), or nothing: all that is left. */
function moneyOf(row: MappedRow): { pieces: number | null; amount: number | null } {
  const pieces = row.whole('quantity');
  const price = row.amount('unitPrice');
  const amount = row.amount('amount') ?? (price !== undefined && pieces !== undefined ? product(price, pieces, 'unitPrice') : undefined);
  // Some systems write what goes back with a minus sign: the direction is clear without it.
  if (amount !== undefined) return { pieces: null, amount: Math.abs(amount) };
  if (pieces === 0) refuse('quantity', 'bad_number', 'is 0', 'write how many pieces came back');
  return { pieces: pieces === undefined ? null : Math.abs(pieces), amount: null };
}

function buyerOf(stage: Stage, row: MappedRow): string | null {
  const [first] = row.buyer((id) => linked(stage, 'buyer', id) ?? id);
  return first ? JSON.stringify(first) : null;
}
