import type { ExpenseInput, OrderInput, PartnerInput, ProductInput } from '@concentric/contracts';
import { emptyDay, type Day } from '../history/day';
import type { StagedFiles } from './staging';
import { spanOf } from './settle-staging';
import { statuses } from './stage-orders';
import { stagedRefunds } from './staged-refunds';
import type { Zone } from './zone.rules';

const PIECE = 5_000;

interface OrderRow {
  channel: string;
  external: string;
  status: number;
  placed: number;
  paid: number | null;
  cancelled: number | null;
  buyer: string | null;
  store: string | null;
  guide: string | null;
  leader: string | null;
  touchpoint: string | null;
  fulfilment: number | null;
}

interface LineRow {
  channel: string;
  external: string;
  no: number;
  sku: string;
  category: string | null;
  quantity: number;
  amount: number;
  cost: number | null;
  store: string | null;
  guide: string | null;
}

/** How much a history holds, for progress. */
export function stagedTotals({ database }: StagedFiles): { orders: number; refunds: number; partners: number; expenses: number } {
  const count = (table: string) => database.get<{ n: number }>(`SELECT COUNT(*) AS n FROM ${table}`, [])!.n;
  return { orders: count('orders'), refunds: count('refund'), partners: count('partner'), expenses: count('expense') };
}

/** The staged history, day by day and within a day by time and then by number, whatever order the files had. */
export async function* stagedDays(staged: StagedFiles, zone: Zone): AsyncGenerator<Day> {
  const span = spanOf(staged.database);
  if (!span) return;
  const ahead = { products: productsByDay(staged, span.first), partners: partnersByDay(staged, zone, span.first) };
  const dates = new Set([...ahead.products.keys(), ...ahead.partners.keys()].filter((date) => date <= span.last));
  for (const table of ['orders', 'refund', 'expense']) {
    for (const { day } of staged.database.all<{ day: string }>(`SELECT DISTINCT day FROM ${table}`)) dates.add(day);
  }
  for (const date of [...dates].sort()) {
    yield {
      ...emptyDay(date),
      products: ahead.products.get(date) ?? [],
      partners: ahead.partners.get(date) ?? [],
      expenses: expensesOf(staged, date),
    };
    yield* ordersOf(staged, date);
    const refunds = stagedRefunds(staged, date);
    if (refunds.length > 0) yield { ...emptyDay(date), refunds };
  }
}

function* ordersOf({ database }: StagedFiles, date: string): Generator<Day> {
  for (let offset = 0; ; offset += PIECE) {
    const page = 'SELECT * FROM orders WHERE day = ? ORDER BY placed, external, channel LIMIT ? OFFSET ?';
    const orders = database.all<OrderRow>(page, [date, PIECE, offset]);
    const lines = database.all<LineRow>(
      `SELECT l.* FROM (${page}) o JOIN line l ON l.channel = o.channel AND l.external = o.external ORDER BY o.placed, o.external, o.channel, l.no`,
      [date, PIECE, offset],
    );
    let next = 0;
    const inputs = orders.map((order) => {
      const from = next;
      while (next < lines.length && lines[next]!.external === order.external && lines[next]!.channel === order.channel) next += 1;
      return orderInput(order, lines.slice(from, next));
    });
    if (inputs.length > 0) yield { ...emptyDay(date), orders: inputs };
    if (orders.length < PIECE) return;
  }
}

function orderInput(order: OrderRow, lines: readonly LineRow[]): OrderInput {
  return {
    channel: order.channel,
    externalId: order.external,
    status: statuses[order.status]!,
    placedAt: iso(order.placed),
    ...(order.paid === null ? {} : { paidAt: iso(order.paid) }),
    ...(order.cancelled === null ? {} : { cancelledAt: iso(order.cancelled) }),
    ...(order.buyer === null ? {} : { buyer: JSON.parse(order.buyer) as OrderInput['buyer'] }),
    ...(order.store === null ? {} : { storeCode: order.store }),
    ...(order.guide === null ? {} : { guideCode: order.guide }),
    ...(order.leader === null ? {} : { leaderCode: order.leader }),
    ...(order.touchpoint === null ? {} : { touchpoint: order.touchpoint }),
    ...(order.fulfilment === null ? {} : { fulfilmentMinor: order.fulfilment }),
    lines: lines.map((line) => ({
      lineNo: line.no,
      sku: line.sku,
      quantity: line.quantity,
      netMinor: line.amount,
      ...(line.category === null ? {} : { category: line.category }),
      ...(line.cost === null ? {} : { costMinor: line.cost }),
      ...(line.store === null ? {} : { storeCode: line.store }),
      ...(line.guide === null ? {} : { guideCode: line.guide }),
    })),
  };
}

function expensesOf({ database }: StagedFiles, date: string): ExpenseInput[] {
  type Row = {
    external: string;
    occurred: number;
    class: ExpenseInput['class'];
    purpose: ExpenseInput['purpose'];
    amount: number;
    channel: string | null;
    touchpoint: string | null;
  };
  return database.all<Row>('SELECT * FROM expense WHERE day = ? ORDER BY occurred, external', [date]).map((row) => ({
    externalId: row.external,
    occurredAt: iso(row.occurred),
    class: row.class,
    purpose: row.purpose,
    amountMinor: row.amount,
    ...(row.channel === null ? {} : { channel: row.channel }),
    ...(row.touchpoint === null ? {} : { touchpoint: row.touchpoint }),
  }));
}

/** Products are known from the first day on; later costs arrive on their day. */
function productsByDay({ database }: StagedFiles, first: string): Map<string, ProductInput[]> {
  type Row = { sku: string; cost_from: string; name: string; category: string | null; cost: number | null };
  return byDay(database.all<Row>('SELECT * FROM product ORDER BY cost_from, sku'), (row) => {
    const from = row.cost_from === '' ? first : row.cost_from;
    const cost = row.cost === null ? {} : { unitCostMinor: row.cost, costFrom: from };
    const product = { sku: row.sku, name: row.name, ...(row.category === null ? {} : { category: row.category }), ...cost };
    return [from < first ? first : from, product];
  });
}

/** Partners are known from the first day on, parents before those under them; later moves arrive on their day. */
function partnersByDay({ database }: StagedFiles, zone: Zone, first: string): Map<string, PartnerInput[]> {
  type Row = { code: string; type: PartnerInput['type']; name: string; parent: string | null; valid_from: number | null };
  const rows = database.all<Row>(
    'SELECT p.code, p.type, p.name, e.parent, e.valid_from FROM partner p LEFT JOIN edge e ON e.code = p.code ORDER BY p.code, e.valid_from',
  );
  const parents = new Map(rows.flatMap(({ code, parent }) => (parent ? [[code, parent] as const] : [])));
  const depth = new Map(rows.map(({ code }) => [code, depthOf(code, parents)]));
  const start = zone.startOf(first);
  rows.sort((a, b) => (a.valid_from ?? 0) - (b.valid_from ?? 0) || depth.get(a.code)! - depth.get(b.code)!);
  return byDay(rows, ({ code, type, name, parent, valid_from }) => {
    const from = valid_from ? valid_from : start;
    const date = zone.dateAt(from);
    const partner = { code, type, name, ...(parent ? { parentCode: parent } : {}), validFrom: iso(from) };
    return [date < first ? first : date, partner];
  });
}

/** How many partners stand above; a loop in the files ends somewhere and is refused at intake. */
function depthOf(code: string, parents: ReadonlyMap<string, string>): number {
  let depth = 0;
  for (let at = parents.get(code); at !== undefined && depth < 50; at = parents.get(at)) depth += 1;
  return depth;
}

function byDay<R, T>(rows: readonly R[], dated: (row: R) => [string, T]): Map<string, T[]> {
  const days = new Map<string, T[]>();
  for (const row of rows) {
    const [date, item] = dated(row);
    const day = days.get(date);
    if (day) day.push(item);
    else days.set(date, [item]);
  }
  return days;
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
