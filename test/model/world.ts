import { BookRecalculationJob, ComputeRecalculationJob } from '@concentric/distribution';
import { Brand } from './engine/brand';
import type { Settings } from './engine/settings';
import type { Order, Refund } from './engine/order';
import type { Plan, Rule } from './engine/plan';
import { DAY, dayAfter, isLastOfMonth } from './engine/wall-calendar';
import type { Product } from './product';
import { CHANNELS, ProductBrand } from './product-brand';
import type { Random } from './random';

const ZONES = ['Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Pacific/Kiritimati', 'Etc/GMT+12'];
const CATEGORIES = ['tea', 'cups', null];
const SKUS = ['green', 'black'];
export const STORES = ['S1', 'S2', 'S3'];
export const DISTRIBUTORS = ['D1', 'D2'];
const CUSTOMERS = ['ann', 'bob', 'cho', 'dee'];

/** One brand twice, in the model and in the product, and the choices that move both. */
export class World {
  /** Everything that was sold and refunded, delivered or not. */
  readonly sold: { order: Order; refunded: Map<number, bigint>; delivered: boolean }[] = [];
  readonly refunds: Refund[] = [];
  private made = 0;
  readonly firstDate: string;
  /** Who is somebody of their own as far as is known, and everybody who ever was. */
  private persons = CUSTOMERS;
  readonly everybody = [...CUSTOMERS];
  private readonly mergedAt = new Set<number>();
  private readonly costed = new Set<string>();

  private constructor(
    readonly random: Random,
    readonly model: Brand,
    readonly product: ProductBrand,
  ) {
    this.firstDate = model.today;
  }

  static async begin(random: Random, product: Product, name: string): Promise<World> {
    const settings: Settings = {
      zone: random.pick(ZONES),
      mode: random.pick(['first', 'last', 'protected']),
      protectionDays: random.pick([null, 0, 1, 3]),
      bindTo: random.pick([['guide', 'store'], ['store'], ['leader', 'guide'], ['store', 'guide', 'leader']]),
      holdingDays: random.int(0, 9),
      holdingDaysByChannel: random.chance(50) ? { web: random.int(0, 20) } : {},
      minimum: random.pick([0n, 1n, 500n, 5_000n]),
      autoClose: random.chance(60),
      secondApprovalAbove: random.pick([null, 0n, 1_000n]),
      secondPayoutAbove: random.pick([null, 0n, 1_000n]),
      disputeWindowDays: random.pick([0, 2, 5]),
      delaySeconds: random.pick([null, null, null, 0, 3_600, 40_000]),
    };
    // A day that has not begun anywhere yet; the first months of some brands have a leap day.
    const soon = new Date(product.now + 3 * DAY).toISOString().slice(0, 10);
    // The first day passes before any command, and nobody would be there to close a month that ends with it.
    const first = isLastOfMonth(soon) ? dayAfter(soon) : soon;
    const world = new World(random, new Brand(settings, first, product.now), await ProductBrand.found(product, name, settings));
    await world.place({ code: 'A1', type: 'agent', parent: null, from: null });
    for (const code of DISTRIBUTORS) await world.place({ code, type: 'distributor', parent: 'A1', from: null });
    for (const [index, code] of STORES.entries()) await world.place({ code, type: 'store', parent: DISTRIBUTORS[index % 2]!, from: null });
    await world.place({ code: 'G1', type: 'guide', parent: 'S1', from: null });
    await world.place({ code: 'L1', type: 'group_leader', parent: 'S2', from: null });
    if (random.chance(80)) await world.activate(0);
    await world.passDays(1);
    return world;
  }

  /** @param from epoch ms, or null: always */
  async place(partner: { code: string; type: string; parent: string | null; from: number | null }): Promise<void> {
    this.model.place(partner.code, partner.type, partner.parent, partner.from ?? 0);
    await this.product.place(partner);
    await this.product.settled();
  }

  async activate(validFrom: number): Promise<string | null> {
    const plan = this.plan(validFrom);
    const expected = this.model.activate(plan);
    const actual = await this.product.activate(`p${(this.made += 1)}`, plan);
    if (actual !== expected)
      throw new Error(
        `a plan from ${new Date(validFrom).toISOString()} should be ${expected ?? 'activated'}, but is ${actual ?? 'activated'}`,
      );
    await this.product.settled();
    return actual;
  }

  /** What another plan would have given for a range of dates is adjusted, once a second person agrees. */
  async recalculate(from: string, to: string): Promise<void> {
    const plan = this.plan(0);
    const planVersionId = await this.product.draft(`p${(this.made += 1)}`, plan);
    const { id } = await this.product.expect('POST', '/recalculations', 'ming', { planVersionId, from, to, reason: 'as the model says' });
    await this.product.recalculate(ComputeRecalculationJob, id as string);
    await this.product.expect('POST', `/recalculations/${String(id)}/decide`, 'hua', { approve: true, reason: 'as the model says' });
    await this.product.recalculate(BookRecalculationJob, id as string);
    this.model.recalculate(plan, from, to);
  }

  async arrive(orders: readonly Order[], refunds: readonly Refund[]): Promise<void> {
    for (const one of this.sold) if (orders.includes(one.order)) one.delivered = true;
    this.model.arrive(orders, refunds);
    await this.product.arrive(orders, refunds, (at) => this.model.calendar.dateOf(at));
    await this.product.settled();
  }

  /** What one piece of a product costs, from a date on, becomes known; null where it was known already. */
  async cost(from: string): Promise<string | null> {
    const [sku, each] = [this.random.pick(SKUS), this.random.pick([0n, 1n, this.random.amount()])];
    if (this.costed.has(`${sku} ${from}`)) return null;
    this.costed.add(`${sku} ${from}`);
    this.model.cost(sku, from, each);
    await this.product.cost(sku, from, each);
    await this.product.settled();
    return `${sku} ${each} from ${from}`;
  }

  /** Lets days end, each with its seal; the seals may come bundled. */
  async passDays(days: number): Promise<void> {
    const dates = Array.from({ length: days }, (_, index) => dayAfter(this.model.today, index));
    this.model.endDays(days);
    this.product.product.passTo(this.model.calendar.endOf(dates.at(-1)!));
    await this.product.seal(dates, (date, channel) => ({
      orders: [...this.model.orders.values()].filter((order) => order.date === date && order.it.channel === channel).length,
      refunds: [...this.model.refunds.values()].filter((refund) => refund.date === date && refund.it.order.channel === channel).length,
    }));
    await this.product.settled();
  }

  /** Some of today passes, or none of it: what waits for a moment may find that it has come. */
  async goOn(now = this.product.product.now): Promise<void> {
    this.product.product.passTo(now);
    this.model.passTo(now);
    await this.product.settled();
  }

  /** An order of a date shows that one or two others are its buyer; as many newcomers may buy from then on. */
  merge(date: string): Order | null {
    const { random } = this;
    const order = this.sell(date, random.chance(20));
    // Which of two merges of one instant comes first is for the product to choose.
    if (this.mergedAt.has(order.at)) return null;
    this.mergedAt.add(order.at);
    order.customer = random.pick(this.persons);
    while (order.merged.length < random.int(1, 2)) {
      const retired = random.pick(this.persons.filter((one) => one !== order.customer));
      const newcomer = `p${(this.made += 1)}`;
      order.merged.push(retired);
      this.everybody.push(newcomer);
      this.persons = [...this.persons.filter((one) => one !== retired), newcomer];
    }
    return order;
  }

  /** An order that was placed on a date and has not been delivered yet. */
  sell(date: string, unknown = false): Order {
    const { random } = this;
    const [from, to] = [this.model.calendar.startOf(date), this.model.calendar.endOf(date) - 1];
    // Instants tie now and then, and lie on the edges of the day.
    const at = random.pick([from, to, from + 1, random.int(from, to), random.int(from, to), this.sold.at(-1)?.order.at ?? from]);
    const within = at >= from && at <= to ? at : from;
    const order: Order = {
      externalId: `o${String((this.made += 1)).padStart(5, '0')}`,
      channel: random.pick(CHANNELS),
      // Now and then by the name of somebody who is known as another one since, or will be.
      customer: random.chance(20) ? null : random.pick(random.chance(80) ? this.persons : this.everybody),
      merged: [],
      at: within,
      paidAt: within + random.pick([0, 0, random.int(0, 3 * DAY)]),
      lines: Array.from({ length: random.int(1, 3) }, (_, index) => this.line(index + 1, unknown)),
    };
    this.sold.push({ order, refunded: new Map(), delivered: false });
    return order;
  }

  /** A refund of something that was sold, on a date, of what is left of it; null when nothing is. `beyond`: more than is left. */
  giveBack(sold: World['sold'][number], date: string, beyond = false): Refund | null {
    const { random } = this;
    const amounts = sold.order.lines.flatMap(({ lineNo, net }) => {
      const left = net - (sold.refunded.get(lineNo) ?? 0n);
      if (beyond) return [{ lineNo, amount: net + 1n }];
      if (left === 0n || random.chance(25)) return [];
      return [{ lineNo, amount: random.pick([left, 1n, BigInt(random.int(1, Number(left)))]) }];
    });
    if (amounts.length === 0) return null;
    if (!beyond) for (const { lineNo, amount } of amounts) sold.refunded.set(lineNo, (sold.refunded.get(lineNo) ?? 0n) + amount);
    const [from, to] = [this.model.calendar.startOf(date), this.model.calendar.endOf(date) - 1];
    const refund: Refund = { refundId: random.uuid(), order: sold.order, at: random.pick([from, to, random.int(from, to)]), amounts };
    this.refunds.push(refund);
    return refund;
  }

  private line(lineNo: number, unknown: boolean): Order['lines'][number] {
    const { random } = this;
    const net = random.amount();
    return {
      lineNo,
      sku: random.pick(SKUS),
      net,
      cost: random.pick([null, 0n, net / 2n, net, net + 1n]),
      quantity: BigInt(random.int(1, 3)),
      category: random.pick(CATEGORIES),
      store: unknown ? 'S9' : random.pick([...STORES, null]),
      guide: random.pick(['G1', null, null]),
      leader: random.pick(['L1', null, null]),
    };
  }

  /** A plan that nobody can refuse: one general rule per role and perhaps an exception to it, within the budget. */
  private plan(validFrom: number): Plan {
    const { random } = this;
    const rules: Rule[] = [];
    const climbs = [undefined, 'distributor', 'agent', 'franchise'];
    for (const role of ['store', 'chain', 'guide', 'bound'].slice(0, random.int(1, 4))) {
      const from = role === 'chain' ? 'store' : (role as Rule['from']);
      const general: Rule = {
        role,
        from,
        climbTo: role === 'chain' ? random.pick(climbs) : undefined,
        categories: [],
        channels: [],
        base: random.pick(['net', 'net', 'net', 'margin']),
        ...this.pay(),
      };
      rules.push(general);
      if (random.chance(40))
        rules.push({
          ...general,
          categories: random.pick([['tea'], ['tea', 'cups']]),
          channels: random.pick([[], ['web']]),
          cap: random.pick([undefined, 7n, 0n]),
          ratePpm: undefined,
          fixed: undefined,
          ...this.pay(),
        });
    }
    if (random.chance(20))
      rules.push({ role: 'leader', from: 'leader', climbTo: 'store', categories: [], channels: ['web'], base: 'net', ...this.pay() });
    return { validFrom, budgetPpm: random.pick([600_000n, 1_000_000n]), rules };
  }

  private pay(): Pick<Rule, 'ratePpm' | 'fixed'> {
    const { random } = this;
    return random.chance(85)
      ? { ratePpm: random.pick([0n, 1n, 333n, 33_333n, 50_000n, 100_000n, BigInt(random.int(0, 120_000))]) }
      : { fixed: random.pick([0n, 5n, 300n]) };
  }
}
