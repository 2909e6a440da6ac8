import { namedId } from '@concentric/service-kit';
import { databases } from '@concentric/testing';
import type { Settings } from './engine/settings';
import type { Order, Refund } from './engine/order';
import { DAY, WallCalendar } from './engine/wall-calendar';
import { Product } from './product';
import { CHANNELS, ProductBrand } from './product-brand';

type Fact = { order: Order } | { refund: Refund };

const settings: Settings = {
  zone: 'Asia/Shanghai',
  mode: 'first',
  protectionDays: null,
  bindTo: ['store'],
  holdingDays: 4,
  holdingDaysByChannel: {},
  minimum: 0n,
  autoClose: true,
  secondApprovalAbove: null,
  secondPayoutAbove: null,
  disputeWindowDays: 7,
  delaySeconds: null,
};
const calendar = new WallCalendar(settings.zone);
const TODAY = '2026-05-03';
const rules = [
  { role: 'store', from: 'store' as const, categories: [], channels: [], base: 'net' as const, ratePpm: 70_000n },
  { role: 'chain', from: 'store' as const, climbTo: 'distributor', categories: [], channels: [], base: 'net' as const, ratePpm: 33_333n },
];

function permutations<T>(list: readonly T[]): T[][] {
  if (list.length <= 1) return [[...list]];
  return list.flatMap((one, index) => permutations([...list.slice(0, index), ...list.slice(index + 1)]).map((rest) => [one, ...rest]));
}

/** An order and its refunds in parts, of which a last one may take all that is left. */
function eventsOf(name: string, count: number, whole: boolean): Fact[] {
  const at = calendar.startOf(TODAY) + DAY / 2;
  const goods = { sku: 'sku', category: null, cost: null, quantity: 1n, guide: null, leader: null, store: 'S1' };
  const order: Order = {
    externalId: name,
    channel: CHANNELS[0],
    customer: null,
    merged: [],
    at,
    paidAt: at,
    lines: [
      { lineNo: 1, net: 9_999n, ...goods },
      { lineNo: 2, net: 101n, ...goods },
    ],
  };
  const parts = [[1n, 0n], [3_333n, 50n], [777n, 1n], [5_000n, 0n], whole ? [888n, 50n] : [887n, 1n]].slice(0, count - 1);
  const refunds = parts.map((amounts, index): Refund => {
    return {
      refundId: namedId(`refund/${name}/${index}`),
      order,
      at: at + (index + 1) * 60_000,
      amounts: amounts.flatMap((amount, line) => (amount > 0n ? [{ lineNo: line + 1, amount }] : [])),
    };
  });
  return [{ order }, ...refunds.map((refund) => ({ refund }))];
}

describe.each(databases())('confluence, on $name', (db) => {
  let product: Product;
  beforeAll(async () => {
    product = await Product.start(db, calendar.startOf(TODAY));
  });
  afterAll(() => product.stop());

  it.each([
    [1, false, 'that day'],
    [2, false, 'that day'],
    [3, false, 'that day'],
    [4, false, 'that day'],
    [5, false, 'that day'],
    [6, true, 'that day'],
    [6, false, 'while it matures'],
    [6, true, 'while it matures'],
  ])(
    'inv 16: every permutation of %d events of an order, each delivered again and again, gives the same (whole refund: %p, arriving %s)',
    async (count, whole, when) => {
      // Every permutation is an order and a store of its own, so that lines and balances can be told apart.
      const code = `${count}${whole ? 'w' : 'p'}${when.length}`;
      const orders = permutations(Array.from({ length: count }, (_, index) => index)).map((order, index) => ({
        name: `${code}-${String(index).padStart(3, '0')}`,
        order,
      }));
      const brand = await ProductBrand.found(product, `confluence-${code}`, settings);
      await brand.place({ code: 'D1', type: 'distributor', parent: null, from: null });
      for (let start = 0; start < orders.length; start += 200)
        await brand.place(
          ...orders.slice(start, start + 200).map(({ name }) => ({ code: `S${name}`, type: 'store', parent: 'D1', from: null })),
        );
      expect(await brand.activate('base', { validFrom: 0, budgetPpm: 500_000n, rules })).toBeNull();
      const events = orders.map(({ name }) => eventsOf(name, count, whole).map((fact) => atStore(fact, `S${name}`)));
      const counts = { orders: 0, refunds: 0 };
      const sealThrough = async (days: number) => {
        const dates = Array.from({ length: days }, (_, index) => calendar.dateOf(calendar.startOf(TODAY) + index * DAY + DAY / 2));
        product.passTo(calendar.endOf(dates.at(-1)!));
        await brand.seal(dates, (date, channel) => (date === TODAY && channel === CHANNELS[0] ? counts : { orders: 0, refunds: 0 }));
        await product.settled();
      };
      for (let step = 0; step < count; step += 1) {
        // The next event of each permutation, and all before it once more.
        const facts = orders.flatMap(({ order }, index) => order.slice(0, step + 1).map((event) => events[index]![event]!));
        const fresh = facts.filter((_, index) => index % (step + 1) === step);
        counts.orders += fresh.filter((fact) => 'order' in fact).length;
        counts.refunds += fresh.filter((fact) => 'refund' in fact).length;
        await brand.arrive(
          facts.flatMap((fact) => ('order' in fact ? [fact.order] : [])),
          facts.flatMap((fact) => ('refund' in fact ? [fact.refund] : [])),
          (at) => calendar.dateOf(at),
        );
        if (when !== 'that day') await sealThrough(step + 1);
      }
      await sealThrough(9);

      const lines = await brand.rows<Record<string, unknown>>(
        'SELECT o.external_id, c.line_no, c.role, s.earned_minor, s.reversed_minor, s.refunded_minor, s.state FROM commission_line c JOIN commission_state s ON s.line_id = c.line_id JOIN purchase o ON o.order_id = c.order_id WHERE c.brand_id = ? ORDER BY c.line_no, c.role',
      );
      const outcomes = new Map<string, string>();
      for (const { external_id: name, ...row } of lines)
        outcomes.set(String(name), `${outcomes.get(String(name)) ?? ''}${Object.values(row).map(String).join(' ')}\n`);
      expect(outcomes.size).toBe(orders.length);
      const balances = await brand.rows<{ code: string; type: string; owed: unknown }>(
        'SELECT p.code, a.type, -b.balance_minor AS owed FROM account_balance b JOIN ledger_account a ON a.account_id = b.account_id JOIN partner p ON p.partner_id = a.partner_id WHERE a.brand_id = ?',
      );
      const left = (code: string) =>
        balances
          .filter((row) => row.code === code && Number(row.owed) !== 0)
          .map((row) => `${row.type} ${String(row.owed)}`)
          .sort()
          .join(', ');
      expect(new Set(orders.map(({ name }) => `${outcomes.get(name)!}${left(`S${name}`)}`)).size).toBe(1);
      expect(await brand.rows("SELECT refund_id FROM refund WHERE brand_id = ? AND state <> 'APPLIED'")).toEqual([]);
    },
  );
});

function atStore(fact: Fact, store: string): Fact {
  const order = 'order' in fact ? fact.order : fact.refund.order;
  for (const line of order.lines) line.store = store;
  return fact;
}
