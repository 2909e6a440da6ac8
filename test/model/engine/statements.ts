import type { Settings } from './settings';
import type { Movement } from './accounts';
import { Fraction, total } from './fraction';
import { DAY } from './wall-calendar';

export type State = 'DRAFT' | 'IN_REVIEW' | 'PUBLISHED' | 'DISPUTED' | 'CONFIRMED' | 'CARRIED' | 'PAYABLE' | 'IN_PAYOUT' | 'PAID';

export interface Statement extends Movement {
  period: string;
  partner: string;
  opening: bigint;
  closing: bigint;
  carriedIn: bigint;
  net: bigint;
  /** To be kept back when it is paid. */
  tax: bigint;
  outcome: 'pay' | 'carry';
  /** Which later statement has taken in what this one was to pay. */
  carriedInto: string | null;
  state: State;
  submitter: string | null;
  /** Who has approved it so far. */
  approvers: string[];
  disputeUntil: number;
}

/** From the first of a month on, for partners of one type. */
export interface TaxRule {
  type: string;
  from: string;
  exempt: bigint;
  deduct: bigint;
  ppm: bigint;
}

/** The monthly statements of a brand's partners and what people do to them. */
export class Statements {
  readonly all: Statement[] = [];
  readonly taxes: TaxRule[] = [];
  /** To which account partners want to be paid: how often they have said so. */
  readonly payees = new Map<string, number>();
  /** Partners that are not paid for the time being. */
  readonly blocked = new Set<string>();

  constructor(private readonly settings: Settings) {}

  of(partner: string): Statement[] {
    return this.all.filter((statement) => statement.partner === partner);
  }

  build(period: string, partner: string, type: string, movement: Movement): void {
    const before = this.of(partner).at(-1);
    const opening = before?.closing ?? 0n;
    const carriedIn = (before?.outcome === 'carry' ? before.net : 0n) + this.takenIn(period, partner);
    const change = movement.earned - movement.reversed + movement.adjusted - movement.writtenOff;
    const net = carriedIn + change;
    const pays = net > 0n && net >= this.settings.minimum;
    this.all.push({
      ...movement,
      period,
      partner,
      opening,
      closing: opening + change - movement.withheld - movement.paid,
      carriedIn,
      net,
      tax: pays ? this.taxOf(type, period, net) : 0n,
      outcome: pays ? 'pay' : 'carry',
      carriedInto: null,
      state: 'DRAFT',
      submitter: null,
      approvers: [],
      disputeUntil: 0,
    });
  }

  /** What review does to one statement, or the code of why not. */
  review(action: 'submit' | 'approve' | 'reject', statement: Statement, who: string, now: number): string | null {
    if (statement.state !== (action === 'submit' ? 'DRAFT' : 'IN_REVIEW')) return 'wrong_state';
    if (action !== 'submit' && statement.submitter === who) return 'same_person';
    if (action === 'approve' && statement.approvers.includes(who)) return 'approved_already';
    if (action === 'approve' && this.carriesUnapproved(statement)) return 'carries_unapproved';
    if (action === 'submit') {
      statement.state = 'IN_REVIEW';
      statement.submitter = who;
    } else if (action === 'reject') {
      this.begin(statement);
    } else {
      statement.approvers.push(who);
      const { secondApprovalAbove } = this.settings;
      if (secondApprovalAbove === null || statement.net <= secondApprovalAbove || statement.approvers.length === 2)
        this.publish(statement, now);
    }
    return null;
  }

  /** Who approved what this one pays: itself, and what it carries in. */
  checkersOf(statement: Statement): string[] {
    return statement.carriedIn === 0n ? statement.approvers : this.approversAlong(statement);
  }

  private approversAlong({ partner, period, approvers }: Statement): string[] {
    const before = this.of(partner).filter((one) => one.period < period);
    const carried = before.slice(-1).filter(({ outcome }) => outcome === 'carry');
    const taken = before.filter(({ carriedInto }) => carriedInto === period);
    return [...approvers, ...[...carried, ...taken].flatMap((one) => this.approversAlong(one))];
  }

  /** Would an approval let through what nobody has approved where it comes from? */
  private carriesUnapproved({ partner, period }: Statement): boolean {
    const before = this.of(partner)
      .filter((one) => one.period < period)
      .at(-1);
    return before?.outcome === 'carry' && before.net !== 0n && ['DRAFT', 'IN_REVIEW'].includes(before.state);
  }

  /** Void, and built again as the same: nothing it is built from can have changed. */
  begin(statement: Statement): void {
    statement.state = 'DRAFT';
    statement.submitter = null;
    statement.approvers = [];
  }

  /** A partner wants to be paid elsewhere, or may be paid again: a first approval knew nothing of it. */
  reconsider(partner: string): void {
    for (const statement of this.of(partner)) if (statement.state === 'IN_REVIEW') statement.approvers = [];
  }

  /** Time has passed, or something that statements waited for has come. */
  passTo(now: number): void {
    for (const statement of this.all) {
      if (statement.state === 'PUBLISHED' && statement.disputeUntil <= now) statement.state = 'CONFIRMED';
      if (statement.state !== 'CONFIRMED') continue;
      if (statement.outcome === 'carry') statement.state = 'CARRIED';
      else if (this.payees.has(statement.partner) && !this.blocked.has(statement.partner)) statement.state = 'PAYABLE';
    }
  }

  /** What a blocked partner was to be paid is left to its next statement. */
  private takenIn(period: string, partner: string): bigint {
    if (!this.blocked.has(partner)) return 0n;
    const taken = this.of(partner).filter(({ state, outcome }) => state === 'CONFIRMED' && outcome === 'pay');
    for (const statement of taken) Object.assign(statement, { state: 'CARRIED', carriedInto: period });
    return total(taken.map(({ net }) => net));
  }

  private publish(statement: Statement, now: number): void {
    statement.state = 'PUBLISHED';
    statement.disputeUntil = now + this.settings.disputeWindowDays * DAY;
    this.passTo(now);
  }

  private taxOf(type: string, period: string, net: bigint): bigint {
    const rule = this.taxes.filter((one) => one.type === type && one.from <= period).sort((a, b) => (a.from < b.from ? 1 : -1))[0];
    if (!rule || net <= rule.exempt || net <= rule.deduct) return 0n;
    return Fraction.of(net - rule.deduct)
      .times(Fraction.of(rule.ppm, 1_000_000n))
      .floor();
  }
}
