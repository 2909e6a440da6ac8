import { Bindings, type Buy, type Merge } from './binding';
import { Accounts, type Earned } from './accounts';
import { Costs } from './costs';
import { Fraction, total } from './fraction';
import { Network } from './network';
import type { Order, Refund } from './order';
import { planAt, split, type Cause, type Parties, type Plan } from './plan';
import type { Settings } from './settings';
import { cannot, type HeldAction, type Waiting, type WaitingOrder } from './waiting';
import { DAY, dayAfter, isLastOfMonth, monthOf, WallCalendar } from './wall-calendar';

/** What one brand's commission must come to: decided day by day, one thing after the other, in whole and exact numbers. */
export class Brand {
  readonly calendar: WallCalendar;
  readonly network = new Network();
  readonly accounts: Accounts;
  readonly orders = new Map<string, Waiting<Order>>();
  readonly refunds = new Map<string, Waiting<Refund>>();
  readonly plans: Plan[] = [];
  private readonly costs = new Costs();
  readonly bindings: Bindings;
  /** The date that is settled next; refunds wait for it. */
  private nextDate: string;

  /** @param today the first business date @param now epoch ms */
  constructor(
    readonly settings: Settings,
    public today: string,
    private now: number,
  ) {
    this.nextDate = today;
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
    const until = Math.min(...this.plans.map(({ validFrom }) => validFrom).filter((from) => from > plan.validFrom));
    const decided = [...this.orders.values()].some(({ state, it }) => state === 'done' && it.at >= plan.validFrom && it.at < until);
    if (decided) return 'plan_backdated';
    if (this.plans.some((other) => other.validFrom === plan.validFrom)) return 'plan_start_taken';
    this.plans.push(plan);
    this.release((order) => order.heldFor === null);
    return null;
  }

  /** Orders that are held for it are looked at again. */
  cost(sku: string, from: string, each: bigint): void {
    this.costs.add(sku, from, each);
    this.release((order) => order.cause === 'cost_unknown' && order.lacks === sku);
  }

  arrive(orders: readonly Order[], refunds: readonly Refund[]): void {
    for (const order of orders) if (!this.orders.has(order.externalId)) this.orders.set(order.externalId, this.waiting(order));
    for (const refund of refunds) if (!this.refunds.has(refund.refundId)) this.refunds.set(refund.refundId, this.waiting(refund));
    this.catchUp();
  }

  /** Time passes, within today: in live operation orders fall due by it, and statements by themselves go on. */
  passTo(now: number): void {
    this.now = now;
    this.catchUp();
    this.accounts.statements.passTo(now);
  }

  /** Whole days pass, from today on. Where dates are sealed each is finished before the next begins; in live operation the orders of all come first. */
  endDays(days: number): void {
    const dates = Array.from({ length: days }, (_, index) => dayAfter(this.today, index));
    this.now = this.calendar.endOf(dates.at(-1)!);
    this.accounts.statements.passTo(this.now);
    for (const date of dates) {
      this.today = this.settings.delaySeconds === null ? dayAfter(date) : dayAfter(dates.at(-1)!);
      this.catchUp();
      const held = [...this.refunds.values()].filter(({ state }) => state === 'held');
      this.accounts.mature(this.calendar.endOf(date), new Set(held.map(({ it }) => it.order.externalId)));
      if (isLastOfMonth(date) && this.settings.autoClose) this.accounts.close(this.typeOf);
      this.nextDate = dayAfter(date);
    }
  }

  /** The code of the refusal, or null once what was seen proposed is done or dropped. */
  decideProposal(order: WaitingOrder, seen: HeldAction, approve: boolean, by: string): string | null {
    const { proposal } = order;
    if (!proposal) return 'nothing_proposed';
    if (proposal.by === by) return 'same_person';
    if (proposal.action !== seen) return 'changed_meanwhile';
    const refused = approve ? cannot(order, proposal.action) : null;
    if (refused !== null) return refused;
    if (approve && proposal.action === 'accept' && proposal.over !== order.over) return 'changed_meanwhile';
    order.proposal = null;
    if (!approve) return null;
    order.state = proposal.action === 'void' ? 'void' : 'waiting';
    if (proposal.action === 'accept') order.accepted = order.over;
    this.catchUp();
    return null;
  }

  /** Two people agree that nothing is taken back by it. */
  voidRefund(refundId: string): void {
    this.refunds.get(refundId)!.state = 'void';
  }

  /** Somebody says that the cause is gone. */
  retry(order: WaitingOrder): string | null {
    if (order.state !== 'held') return 'order_not_held';
    this.release((one) => one === order);
    return null;
  }

  /** What another plan would have given for the orders of these dates, less what is booked, is adjusted today. */
  recalculate(plan: Plan, from: string, to: string): void {
    const differences = new Map<string, bigint>();
    for (const order of this.orders.values()) {
      const { it, date, state } = order;
      if (state !== 'done' || date < from || date > to) continue;
      const { earned: wanted, over, cause } = this.earnedBy({ ...order, costs: this.costs.byNow(order) }, plan, order.bound);
      if (over !== null || cause !== null) continue;
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
    return {
      it,
      date: this.calendar.dateOf(it.at),
      receivedAt: this.now,
      state: 'waiting',
      cause: null,
      heldFor: null,
      bound: undefined,
      lacks: null,
      over: null,
      accepted: null,
      costs: new Map(),
      proposal: null,
    };
  }

  private isDue({ date, receivedAt }: Waiting<unknown>): boolean {
    const { delaySeconds } = this.settings;
    return date < this.today || (delaySeconds !== null && receivedAt <= this.now - delaySeconds * 1_000);
  }

  private release(which: (order: Waiting<Order>) => boolean): void {
    for (const order of this.orders.values()) if (order.state === 'held' && which(order)) order.state = 'waiting';
    this.catchUp();
  }

  /** Everything that is due is decided: orders in order of occurrence, then refunds. */
  private catchUp(): void {
    const due = [...this.orders.values()]
      .filter((order) => order.state === 'waiting' && this.isDue(order))
      .sort((a, b) => a.it.at - b.it.at);
    this.decide(due);
    const stateOf = ({ it }: Waiting<Refund>) => this.orders.get(it.order.externalId)?.state;
    const refunds = [...this.refunds.values()].filter(
      (refund) =>
        refund.state === 'waiting' &&
        refund.date <= this.nextDate &&
        this.isDue(refund) &&
        ['done', 'void'].includes(stateOf(refund) ?? 'missing'),
    );
    // Of an order that became void nothing can be taken back, and of no line more than was paid for it.
    for (const refund of refunds.sort((a, b) => a.it.at - b.it.at || (a.it.refundId < b.it.refundId ? -1 : 1)))
      if (stateOf(refund) === 'void') refund.state = 'void';
      else if (this.isBeyond(refund.it)) refund.state = 'held';
      else {
        this.accounts.refund(refund.it);
        refund.state = 'done';
      }
  }

  private isBeyond({ order, amounts }: Refund): boolean {
    return amounts.some(
      ({ lineNo, amount }) => this.refundedOf(order, lineNo) + amount > order.lines.find((line) => line.lineNo === lineNo)!.net,
    );
  }

  /** Who somebody is, an order tells even where it is held itself. */
  private decide(due: readonly WaitingOrder[]): void {
    const ready = due.filter((order) => {
      order.heldFor = this.unknownPartner(order.it);
      order.cause = order.heldFor !== null ? 'unknown_partner' : planAt(this.plans, order.it.at) ? null : 'no_plan';
      order.state = order.cause === null ? 'waiting' : 'held';
      return order.state === 'waiting';
    });
    const merges = due.flatMap(({ it }) => it.merged.map((retired): Merge => ({ retired, customer: it.customer!, at: it.at })));
    this.bindings.take(
      ready.flatMap(({ it }) => this.buysOf(it)),
      merges,
    );
    for (const order of ready) {
      const plan = planAt(this.plans, order.it.at)!;
      const isBeyond = ({ over }: { over: string | null }) => over !== null && over !== order.accepted;
      const { customer, at } = order.it;
      const bound = customer === null ? undefined : this.bindings.partnerAt(customer, at);
      let outcome = this.earnedBy(order, plan, bound);
      while (!isBeyond(outcome) && outcome.lacks !== null && this.costs.learn(order, outcome.lacks))
        outcome = this.earnedBy(order, plan, bound);
      const { earned, over, lacks, cause } = outcome;
      order.bound = bound;
      order.over = over;
      order.lacks = lacks;
      order.cause = isBeyond(outcome) ? 'budget_exceeded' : cause;
      order.state = order.cause === null ? 'done' : 'held';
      if (order.cause === null) this.accounts.accrue(earned);
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

  /** What everybody earns, which lines are beyond their budget, and what keeps a line from being split; those after it are not looked at. */
  private earnedBy(
    { it: order, costs }: WaitingOrder,
    plan: Plan,
    bound: string | undefined,
  ): { earned: Earned[]; over: string | null; lacks: string | null; cause: Cause | null } {
    const days = this.settings.holdingDaysByChannel[order.channel] ?? this.settings.holdingDays;
    const earned: Earned[] = [];
    const beyond: string[] = [];
    const over = () => (beyond.length === 0 ? null : beyond.join(', '));
    for (const line of order.lines) {
      const parties: Parties = { store: line.store ?? undefined, guide: line.guide ?? undefined, leader: line.leader ?? undefined, bound };
      const cost = line.cost ?? costs.get(line.lineNo) ?? null;
      const shares = split({ ...line, cost, channel: order.channel }, parties, plan, this.network, order.at);
      if (typeof shares === 'string') return { earned, over: over(), lacks: line.sku, cause: shares };
      if (shares.over !== null) beyond.push(`${line.lineNo}: ${shares.over}`);
      for (const { role, partner, amount } of shares.shares) {
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
          onHold: false,
          matureAt: order.paidAt + days * DAY,
        });
      }
    }
    return { earned, over: over(), lacks: null, cause: null };
  }
}
