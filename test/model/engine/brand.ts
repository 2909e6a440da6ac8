import { Bindings, type BindingPolicy, type Buy } from './binding';
import { Accounts, type Earned } from './accounts';
import { Fraction, total } from './fraction';
import { Network } from './network';
import { planAt, split, type Parties, type Plan } from './plan';
import { DAY, dayAfter, isLastOfMonth, monthOf, WallCalendar } from './wall-calendar';

export interface Settings extends BindingPolicy {
  zone: string;
  bindTo: ('store' | 'guide' | 'leader')[];
  holdingDays: number;
  holdingDaysByChannel: Record<string, number>;
  minimum: bigint;
  autoClose: boolean;
  secondApprovalAbove: bigint | null;
  disputeWindowDays: number;
}

export interface Line {
  lineNo: number;
  net: bigint;
  cost: bigint | null;
  quantity: bigint;
  category: string | null;
  store: string | null;
  guide: string | null;
  leader: string | null;
}

export interface Order {
  externalId: string;
  channel: string;
  customer: string | null;
  at: number;
  paidAt: number;
  lines: Line[];
}

export interface Refund {
  refundId: string;
  order: Order;
  at: number;
  amounts: { lineNo: number; amount: bigint }[];
}

interface Waiting<T> {
  it: T;
  date: string;
  state: 'waiting' | 'done' | 'held';
  /** The code whose place in the network it is held for; null: held for the plan. */
  heldFor: string | null;
}

/** What one brand's commission must come to: decided day by day, one thing after the other, in whole and exact numbers. */
export class Brand {
  readonly calendar: WallCalendar;
  readonly network = new Network();
  readonly accounts: Accounts;
  readonly orders = new Map<string, Waiting<Order>>();
  readonly refunds = new Map<string, Waiting<Refund>>();
  readonly plans: Plan[] = [];
  private readonly bindings: Bindings;

  /** @param today the first business date */
  constructor(
    readonly settings: Settings,
    public today: string,
  ) {
    this.calendar = new WallCalendar(settings.zone);
    this.bindings = new Bindings(settings);
    this.accounts = new Accounts(settings, monthOf(today));
  }

  /** Orders held for this partner are looked at again. */
  place(code: string, type: string, parent: string | null, from: number): void {
    this.network.place(code, type, parent, from);
    this.release((order) => order.heldFor === code);
  }

  /** The code of the refusal, or null once the plan is in force. */
  activate(plan: Plan): 'plan_backdated' | 'plan_start_taken' | null {
    const decided = [...this.orders.values()].some((order) => order.state === 'done' && order.it.at >= plan.validFrom);
    if (decided) return 'plan_backdated';
    if (this.plans.some((other) => other.validFrom === plan.validFrom)) return 'plan_start_taken';
    this.plans.push(plan);
    this.release((order) => order.heldFor === null);
    return null;
  }

  arrive(orders: readonly Order[], refunds: readonly Refund[]): void {
    for (const order of orders) if (!this.orders.has(order.externalId)) this.orders.set(order.externalId, this.waiting(order));
    for (const refund of refunds) if (!this.refunds.has(refund.refundId)) this.refunds.set(refund.refundId, this.waiting(refund));
    this.catchUp();
  }

  /** Today ends: what belongs to it is decided, what has been held long enough matures, and a month may close by itself. */
  endDay(): void {
    const date = this.today;
    this.today = dayAfter(date);
    this.catchUp();
    this.accounts.mature(this.calendar.endOf(date));
    if (isLastOfMonth(date) && this.settings.autoClose) this.accounts.close(this.typeOf);
  }

  /** What another plan would have given for the orders of these dates, less what is booked, is adjusted today. */
  recalculate(plan: Plan, from: string, to: string): void {
    const differences = new Map<string, bigint>();
    for (const { it, date, state } of this.orders.values()) {
      const wanted = state === 'done' && from <= date && date <= to ? this.earnedBy(it, plan) : null;
      if (wanted === null) continue;
      for (const line of wanted) {
        const refunded = this.refundedOf(it, line.lineNo);
        line.reversed = refunded === 0n ? 0n : Fraction.of(line.earned).times(Fraction.of(refunded, line.net)).floor();
      }
      for (const [partner, difference] of this.accounts.settleTo(it.externalId, wanted)) {
        const key = `${partner} ${monthOf(date)}`;
        differences.set(key, (differences.get(key) ?? 0n) + difference);
      }
    }
    for (const [key, difference] of differences) if (difference !== 0n) this.accounts.adjust(key.split(' ')[0]!, difference);
  }

  /** Somebody closed the month that has ended. */
  close(): void {
    this.accounts.close(this.typeOf);
  }

  private readonly typeOf = (partner: string): string => this.network.types.get(partner)!;

  private refundedOf({ externalId }: Order, lineNo: number): bigint {
    const applied = [...this.refunds.values()].filter(({ it, state }) => state === 'done' && it.order.externalId === externalId);
    return total(applied.flatMap(({ it }) => it.amounts.filter((one) => one.lineNo === lineNo).map(({ amount }) => amount)));
  }

  private waiting<T extends { at: number }>(it: T): Waiting<T> {
    return { it, date: this.calendar.dateOf(it.at), state: 'waiting', heldFor: null };
  }

  private release(which: (order: Waiting<Order>) => boolean): void {
    for (const order of this.orders.values()) if (order.state === 'held' && which(order)) order.state = 'waiting';
    this.catchUp();
  }

  /** Everything of the dates that have ended is decided: orders in order of occurrence, then refunds. */
  private catchUp(): void {
    const due = [...this.orders.values()]
      .filter((order) => order.state === 'waiting' && order.date < this.today)
      .sort((a, b) => a.it.at - b.it.at);
    this.decide(due);
    const refunds = [...this.refunds.values()].filter(
      ({ state, date, it }) => state === 'waiting' && date < this.today && this.orders.get(it.order.externalId)?.state === 'done',
    );
    for (const refund of refunds.sort((a, b) => a.it.at - b.it.at || (a.it.refundId < b.it.refundId ? -1 : 1)))
      refund.state = this.accounts.refund(refund.it) ? 'done' : 'held';
  }

  private decide(due: readonly Waiting<Order>[]): void {
    const ready = due.filter((order) => {
      order.heldFor = this.unknownPartner(order.it);
      const plan = planAt(this.plans, order.it.at);
      order.state = order.heldFor !== null || !plan ? 'held' : 'waiting';
      return order.state === 'waiting';
    });
    this.bindings.take(ready.flatMap(({ it }) => this.buysOf(it)));
    for (const order of ready) {
      const earned = this.earnedBy(order.it, planAt(this.plans, order.it.at)!);
      order.state = earned === null ? 'held' : 'done';
      if (earned !== null) this.accounts.accrue(earned);
    }
  }

  private unknownPartner({ lines, at }: Order): string | null {
    const codes = lines.flatMap(({ store, guide, leader }) => [store, guide, leader]);
    return codes.find((code) => code !== null && !this.network.knows(code, at)) ?? null;
  }

  private buysOf({ customer, at, externalId, lines }: Order): Buy[] {
    if (customer === null) return [];
    return lines.flatMap((line) => {
      const kind = this.settings.bindTo.find((one) => line[one] !== null);
      return kind ? [{ customer, at, externalId, lineNo: line.lineNo, partner: line[kind]! }] : [];
    });
  }

  private earnedBy(order: Order, plan: Plan): Earned[] | null {
    const days = this.settings.holdingDaysByChannel[order.channel] ?? this.settings.holdingDays;
    const bound = order.customer === null ? undefined : this.bindings.partnerAt(order.customer, order.at);
    const earned: Earned[] = [];
    for (const line of order.lines) {
      const parties: Parties = { store: line.store ?? undefined, guide: line.guide ?? undefined, leader: line.leader ?? undefined, bound };
      const shares = split({ ...line, channel: order.channel }, parties, plan, this.network, order.at);
      if (shares === null) return null;
      for (const { role, partner, amount } of shares) {
        earned.push({
          order: order.externalId,
          lineNo: line.lineNo,
          role,
          partner,
          net: line.net,
          earned: amount,
          reversed: 0n,
          refunded: 0n,
          state: 'ACCRUED',
          matureAt: order.paidAt + days * DAY,
        });
      }
    }
    return earned;
  }
}
