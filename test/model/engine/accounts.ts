import { Fraction, least, most } from './fraction';
import type { Settings } from './settings';
import type { Refund } from './order';
import { Payouts } from './payouts';
import { Statements, type Statement } from './statements';

/** One partner's share of one order line and what became of it. */
export interface Earned {
  order: string;
  lineNo: number;
  role: string;
  partner: string;
  net: bigint;
  earned: bigint;
  reversed: bigint;
  refunded: bigint;
  state: 'ACCRUED' | 'MATURED' | 'REVERSED';
  /** Somebody looks at it; it does not mature meanwhile. */
  onHold: boolean;
  matureAt: number;
}

/** What moved on a partner's payable account in the open month, in the partner's sign. */
export interface Movement {
  earned: bigint;
  reversed: bigint;
  adjusted: bigint;
  writtenOff: bigint;
  withheld: bigint;
  paid: bigint;
  lines: number;
}

const still = (): Movement => ({ earned: 0n, reversed: 0n, adjusted: 0n, writtenOff: 0n, withheld: 0n, paid: 0n, lines: 0 });

/** What is owed to whom: one number per partner for what may still be taken back, and one for what is due. */
export class Accounts {
  readonly lines: Earned[] = [];
  readonly pending = new Map<string, bigint>();
  readonly payable = new Map<string, bigint>();
  readonly statements: Statements;
  readonly payouts: Payouts;
  /** Accounts of the house, debits positive. */
  readonly house = { expense: 0n, clearing: 0n, cash: 0n, withheld: 0n, 'write-off': 0n };
  /** By order line, role and partner: what recalculations have added. */
  private readonly recalculated = new Map<string, bigint>();
  private readonly moved = new Map<string, Movement>();

  /** @param open the month that postings go to */
  constructor(
    settings: Settings,
    public open: string,
  ) {
    this.statements = new Statements(settings);
    this.payouts = new Payouts(this, settings);
  }

  accrue(earned: readonly Earned[]): void {
    for (const line of earned) {
      this.lines.push(line);
      add(this.pending, line.partner, line.earned);
      this.house.expense += line.earned;
    }
  }

  refund({ order, amounts }: Refund): void {
    for (const { lineNo, amount } of amounts)
      for (const line of this.lines) if (line.order === order.externalId && line.lineNo === lineNo) this.takeBack(line, amount);
  }

  /** What has been held long enough becomes due, but for orders of which a refund is held. */
  mature(until: number, refundsHeld: ReadonlySet<string>): void {
    for (const line of this.lines) {
      if (line.state !== 'ACCRUED' || line.onHold || line.matureAt >= until || refundsHeld.has(line.order)) continue;
      const due = line.earned - line.reversed;
      line.state = 'MATURED';
      add(this.pending, line.partner, -due);
      const movement = this.movementOf(line.partner);
      movement.lines += 1;
      this.post(line.partner, 'earned', due);
    }
  }

  /** The code of the refusal, or null once a line is held back, or let go. */
  hold(line: Earned, action: 'hold' | 'release'): string | null {
    if (action === 'release' && !line.onHold) return 'line_not_held';
    if (action === 'hold' && line.state !== 'ACCRUED') return line.state === 'MATURED' ? 'line_matured' : 'line_reversed';
    if (action === 'hold' && line.onHold) return 'line_held_already';
    line.onHold = action === 'hold';
    return null;
  }

  /** Books on a partner's payable account: what counts against the partner is given as a positive amount too. */
  private post(partner: string, what: Exclude<keyof Movement, 'lines'>, amount: bigint): void {
    if (amount === 0n && what !== 'earned') return;
    this.movementOf(partner)[what] += amount;
    add(this.payable, partner, what === 'earned' || what === 'adjusted' ? amount : -amount);
  }

  /** What each partner gets or gives back so that it has what is wanted for an order, recalculations before this one counted. */
  settleTo(order: string, wanted: readonly Earned[]): [string, bigint][] {
    const keyOf = ({ lineNo, role, partner }: Earned) => `${order}/${lineNo} ${role} ${partner}`;
    const booked = new Map<string, bigint>();
    for (const line of this.lines) if (line.order === order) add(booked, keyOf(line), line.earned - line.reversed);
    for (const [key, amount] of this.recalculated) if (key.startsWith(`${order}/`)) add(booked, key, amount);
    const differences = new Map([...booked].map(([key, amount]) => [key, -amount]));
    for (const line of wanted) add(differences, keyOf(line), line.earned - line.reversed);
    return [...differences].map(([key, difference]) => {
      add(this.recalculated, key, difference);
      return [key.split(' ')[2]!, difference];
    });
  }

  adjust(partner: string, amount: bigint): void {
    this.post(partner, 'adjusted', amount);
    this.house.expense += amount;
  }

  /** A debt is given up (negative) or a leftover kept. */
  writeOff(partner: string, amount: bigint): void {
    this.post(partner, 'writtenOff', amount);
    this.house['write-off'] -= amount;
  }

  /** What of a partner's balance can be written off: what its last statement carried, less what has been since. */
  writable(partner: string): bigint {
    const last = this.statements.of(partner).at(-1);
    if (last?.state !== 'CARRIED') return 0n;
    const moved = this.moved.get(partner);
    const writtenOff = moved?.writtenOff ?? 0n;
    const carried = last.net - writtenOff;
    const left = carried + (moved ? moved.earned - moved.reversed + moved.adjusted : 0n);
    const bounds = [carried, left, this.payable.get(partner) ?? 0n];
    if (bounds.every((one) => one > 0n)) return least(...bounds);
    return bounds.every((one) => one < 0n) ? most(...bounds) : 0n;
  }

  /** Where a partner wants to be paid has been approved. */
  payTo(partner: string): void {
    const { payees } = this.statements;
    const before = payees.get(partner) ?? 0;
    payees.set(partner, before + 1);
    if (before > 0) this.payouts.eject(partner);
    this.statements.reconsider(partner);
  }

  /** A statement is paid, its tax kept back. */
  send({ partner, net, tax }: Statement): void {
    this.post(partner, 'paid', net - tax);
    this.post(partner, 'withheld', tax);
    this.house.clearing -= net - tax;
    this.house.withheld -= tax;
  }

  /** The bank has paid. */
  paid({ net, tax }: Statement): void {
    this.house.clearing += net - tax;
    this.house.cash -= net - tax;
  }

  /** It could not, or what it paid came back. */
  cameBack({ partner, net, tax }: Statement, wasPaid: boolean): void {
    this.post(partner, 'paid', tax - net);
    this.post(partner, 'withheld', -tax);
    this.house[wasPaid ? 'cash' : 'clearing'] += net - tax;
    this.house.withheld += tax;
  }

  close(typeOf: (partner: string) => string): void {
    for (const [partner, movement] of this.moved) this.statements.build(this.open, partner, typeOf(partner), movement);
    this.moved.clear();
    const [year, month] = this.open.split('-').map(Number) as [number, number];
    this.open = month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, '0')}`;
  }

  private takeBack(line: Earned, amount: bigint): void {
    const matured = line.state === 'MATURED';
    line.refunded += amount;
    const reversed = line.refunded === 0n ? 0n : Fraction.of(line.earned).times(Fraction.of(line.refunded, line.net)).floor();
    const taken = most(0n, reversed - line.reversed);
    line.reversed = reversed;
    this.house.expense -= taken;
    if (taken > 0n) {
      if (matured) this.post(line.partner, 'reversed', taken);
      else add(this.pending, line.partner, -taken);
    }
    if (line.refunded === line.net) line.state = 'REVERSED';
  }

  private movementOf(partner: string): Movement {
    const movement = this.moved.get(partner) ?? still();
    this.moved.set(partner, movement);
    return movement;
  }
}

function add(balances: Map<string, bigint>, partner: string, amount: bigint): void {
  balances.set(partner, (balances.get(partner) ?? 0n) + amount);
}
