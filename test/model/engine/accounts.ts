import { Fraction, most } from './fraction';
import type { Refund, Settings } from './brand';
import { Statements } from './statements';

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
  /** What commission has cost the house. */
  expense = 0n;
  private readonly moved = new Map<string, Movement>();

  /** @param open the month that postings go to */
  constructor(
    settings: Settings,
    public open: string,
  ) {
    this.statements = new Statements(settings);
  }

  accrue(earned: readonly Earned[]): void {
    for (const line of earned) {
      this.lines.push(line);
      add(this.pending, line.partner, line.earned);
      this.expense += line.earned;
    }
  }

  /** False when more would be refunded than was paid: then nothing happens. */
  refund({ order, amounts }: Refund): boolean {
    const hit = amounts.map(({ lineNo, amount }) => ({ amount, lines: this.lines.filter((line) => line.order === order.externalId && line.lineNo === lineNo) }));
    if (hit.some(({ amount, lines }) => lines.some((line) => line.refunded + amount > line.net))) return false;
    for (const { amount, lines } of hit) for (const line of lines) this.takeBack(line, amount);
    return true;
  }

  /** What has been held long enough becomes due. */
  mature(until: number): void {
    for (const line of this.lines) {
      if (line.state !== 'ACCRUED' || line.matureAt >= until) continue;
      const due = line.earned - line.reversed;
      line.state = 'MATURED';
      add(this.pending, line.partner, -due);
      const movement = this.movementOf(line.partner);
      movement.lines += 1;
      this.post(line.partner, 'earned', due);
    }
  }

  /** Books on a partner's payable account: what counts against the partner is given as a positive amount too. */
  post(partner: string, what: Exclude<keyof Movement, 'lines'>, amount: bigint): void {
    this.movementOf(partner)[what] += amount;
    add(this.payable, partner, what === 'earned' || what === 'adjusted' ? amount : -amount);
  }

  close(): void {
    for (const [partner, movement] of this.moved) this.statements.build(this.open, partner, movement);
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
    this.expense -= taken;
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
