import { toMinor } from '@concentric/money';
import { createHash } from 'node:crypto';
import { refuse, type MappedRow } from './record-mapper';
import { linked, takeOnce, type Place, type Stage } from './stager';

const HIGHEST_LINE = 10_000;

/** The money of a line: its amount as given, or price times pieces; either less a discount. */
export function lineAmount(row: MappedRow): { quantity: number; amount: number } {
  const quantity = row.whole('quantity') ?? 1;
  const given = row.amount('amount');
  const price = given === undefined ? row.amount('unitPrice') : undefined;
  if (given === undefined && price === undefined) {
    refuse('amount', 'missing', 'is empty', 'fill in the amount of the line, or its unit price');
  }
  const amount = (given ?? product(price!, quantity, 'unitPrice')) - (row.amount('discount') ?? 0);
  // A return may carry its sign on the pieces, on the amount or on both; it is one return all the same.
  return quantity < 0 && given !== undefined && given > 0
    ? { quantity: -quantity, amount: -amount }
    : { quantity: Math.abs(quantity), amount };
}

export function stageLine(stage: Stage, row: MappedRow, place: Place, { channel, external }: { channel: string; external: string }): void {
  const { database } = stage;
  const { quantity, amount } = lineAmount(row);
  if (quantity === 0)
    refuse('quantity', 'bad_number', 'is 0', 'write how many pieces were sold, or leave the row out with a condition in where');
  const sku = row.text('sku') ?? 'unspecified';
  const unitCost = row.amount('unitCost');
  const cost = row.amount('cost') ?? (unitCost === undefined ? null : product(unitCost, quantity, 'unitCost'));
  if (cost !== null && cost < 0) refuse('cost', 'bad_amount', 'is negative', 'write what the line cost');
  const content = {
    sku,
    category: row.text('category') ?? linked(stage, 'category', sku) ?? null,
    quantity,
    amount,
    cost,
    store: row.text('store') ?? null,
    guide: row.text('guide') ?? null,
  };
  const given = row.text('line', 100);
  const key = given ?? contentKey(stage, place, `${channel} ${external}`, Object.values(content));
  const elsewhere =
    'SELECT 1 FROM line WHERE channel = ? AND external = ? AND file < ? AND NOT EXISTS (SELECT 1 FROM line WHERE channel = ? AND external = ? AND key = ?) LIMIT 1';
  if (given === undefined && database.get(elsewhere, [channel, external, place.file, channel, external, key])) {
    refuse(
      'line',
      'conflicting_repeat',
      `order ${external} stands in another file without this line`,
      'keep the lines of an order in one file, or map what numbers them',
    );
  }
  takeOnce(
    stage,
    place,
    { table: 'line', key: { channel, external, key }, content, rest: { no: given === undefined ? null : numberOf(given) } },
    `line ${key} of order ${external}`,
    external,
  );
}

/** What a row without a number is known by: what it says, and how often it has said so in its file. */
export function contentKey({ database }: Stage, place: Place, owner: string, content: readonly (string | number | null)[]): string {
  const digest = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 24);
  return `#${digest}.${database.occurrence(place.file, 'line', `${owner} ${digest}`)}`;
}

/** Line ids that are plain numbers are line numbers; the others are numbered later, in the order of their text. */
function numberOf(key: string): number | null {
  const no = /^[1-9]\d{0,4}$/.test(key) ? Number(key) : 0;
  return no >= 1 && no <= HIGHEST_LINE ? no : null;
}

/** Price times pieces, exactly. */
export function product(price: number, quantity: number, field: string): number {
  try {
    return toMinor(BigInt(price) * BigInt(quantity), field);
  } catch (error) {
    return refuse(field, 'bad_amount', (error as Error).message, 'check the price and the quantity');
  }
}
