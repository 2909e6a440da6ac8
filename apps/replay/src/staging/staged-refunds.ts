import type { RefundInput } from '@concentric/contracts';
import { cumulativeReversal } from '@concentric/money';
import type { Refusal } from './record-mapper';
import type { StagedFiles } from './staging';

interface RefundRow {
  channel: string;
  external: string;
  occurred: number;
  order_external: string | null;
  line_key: string | null;
  sku: string | null;
  buyer: string | null;
  pieces: number | null;
  amount: number | null;
  reason: string | null;
  file: number;
  row: number;
}

interface SoldLine {
  key: string;
  no: number;
  sku: string;
  quantity: number;
  amount: number;
  refunded: number;
  pieces_back: number;
}

type Part = { lineNo: number; amountMinor: number };

/**
 * The refunds of one day in the order of time. What a file leaves open (pieces without an amount, the rest of a line, a
 * product instead of a line) is worked out from the order's lines and from what went back on earlier days.
 */
export function stagedRefunds(staged: StagedFiles, date: string): RefundInput[] {
  const rows = staged.database.all<RefundRow>('SELECT * FROM refund WHERE day = ? ORDER BY occurred, external, channel', [date]);
  return rows.flatMap((row) => {
    const base = {
      channel: row.channel,
      externalId: row.external,
      occurredAt: new Date(row.occurred).toISOString(),
      ...(row.reason === null ? {} : { reason: row.reason }),
    };
    const amount = row.amount === null ? {} : { amountMinor: row.amount };
    if (row.order_external === null) return matched(staged, row, { ...base, ...amount });
    const order = { ...base, orderExternalId: row.order_external };
    if (row.line_key === null && row.sku === null && row.pieces === null) return [{ ...order, ...amount }];
    const lines = partsOf(staged, row);
    return lines.length > 0 ? [{ ...order, lines }] : [];
  });
}

function matched(staged: StagedFiles, row: RefundRow, base: RefundInput): RefundInput[] {
  if (row.pieces === null) return [{ ...base, match: { buyer: JSON.parse(row.buyer!), sku: row.sku! } }];
  listRefusal(staged, row, {
    field: 'amount',
    code: 'missing',
    message: 'says how many pieces came back but not their worth',
    remedy: 'map the amount or the unit price',
  });
  return [];
}

function partsOf(staged: StagedFiles, row: RefundRow): Part[] {
  const lines = linesOf(staged, row);
  if (lines.length === 0) {
    const field = row.line_key === null ? 'sku' : 'line';
    listRefusal(staged, row, {
      field,
      code: 'unknown_line',
      message: `order ${row.order_external} has no such line`,
      remedy: 'correct it, or leave it out to refund from the whole order',
    });
    return [];
  }
  const parts = row.amount === null ? piecesBack(lines, row.pieces) : spread(lines, row.amount);
  if (parts.length === 0) {
    listRefusal(staged, row, {
      field: 'amount',
      code: 'nothing_left',
      message: `all of this line of order ${row.order_external} went back before`,
      remedy: 'check for a refund that was entered twice',
    });
  }
  for (const { line, amount, pieces } of parts) {
    staged.database.run(
      'UPDATE line SET refunded = refunded + ?, pieces_back = pieces_back + ? WHERE channel = ? AND external = ? AND key = ?',
      [...[amount, pieces], ...[row.channel, row.order_external, line.key]],
    );
  }
  return parts.map(({ line, amount }) => ({ lineNo: line.no, amountMinor: amount }));
}

function linesOf({ database }: StagedFiles, row: RefundRow): SoldLine[] {
  const lines = database.all<SoldLine>('SELECT * FROM line WHERE channel = ? AND external = ? ORDER BY no', [
    row.channel,
    row.order_external,
  ]);
  const named =
    row.line_key === null
      ? lines
      : lines.filter(({ key, no }) => key === row.line_key || (key.startsWith('#') && String(no) === row.line_key));
  // A return often has a line number of its own: then the product says which line it is about.
  const found = named.length === 0 ? lines.filter(({ sku }) => sku === row.sku) : named;
  return row.sku === null ? found : found.filter(({ sku }) => sku === row.sku || row.line_key !== null);
}

/** What pieces are worth, by cumulative floor so that all pieces together give back exactly the line; without a number, the rest. */
function piecesBack(lines: readonly SoldLine[], pieces: number | null): { line: SoldLine; amount: number; pieces: number }[] {
  let open = pieces ?? Infinity;
  return lines.flatMap((line) => {
    const taken = Math.min(open, line.quantity - line.pieces_back);
    const rest = line.amount - line.refunded;
    if (taken <= 0 || rest <= 0) return [];
    open -= taken;
    const worth = (count: number) => cumulativeReversal(line.amount, line.quantity, count);
    const amount =
      taken === line.quantity - line.pieces_back ? rest : Math.min(rest, worth(line.pieces_back + taken) - worth(line.pieces_back));
    return amount > 0 ? [{ line, amount, pieces: taken }] : [];
  });
}

/** An amount over the lines of a product, the first line first; what is more than was paid stays on the last and is refused at intake. */
function spread(lines: readonly SoldLine[], amount: number): { line: SoldLine; amount: number; pieces: number }[] {
  let open = amount;
  const parts = lines.map((line, index) => {
    const taken = index === lines.length - 1 ? open : Math.min(open, Math.max(0, line.amount - line.refunded));
    open -= taken;
    return { line, amount: taken, pieces: 0 };
  });
  return parts.filter((part) => part.amount > 0);
}

function listRefusal({ database }: StagedFiles, row: RefundRow, refusal: Refusal): void {
  database.reject(row, 'refunds', row.external, refusal);
}
