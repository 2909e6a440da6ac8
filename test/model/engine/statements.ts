import type { Settings } from './brand';
import type { Movement } from './accounts';
import { DAY } from './wall-calendar';

export type State = 'DRAFT' | 'IN_REVIEW' | 'APPROVED' | 'PUBLISHED' | 'CONFIRMED' | 'CARRIED' | 'PAYABLE';

export interface Statement extends Movement {
  period: string;
  partner: string;
  opening: bigint;
  closing: bigint;
  carriedIn: bigint;
  net: bigint;
  outcome: 'pay' | 'carry';
  state: State;
  submitter: string | null;
  /** Who has approved it so far. */
  approvers: string[];
  disputeUntil: number;
}

/** The monthly statements of a brand's partners and what people do to them. */
export class Statements {
  readonly all: Statement[] = [];

  constructor(private readonly settings: Settings) {}

  build(period: string, partner: string, movement: Movement): void {
    const before = this.all.filter((statement) => statement.partner === partner).at(-1);
    const opening = before?.closing ?? 0n;
    const carriedIn = before?.outcome === 'carry' ? before.net : 0n;
    const change = movement.earned - movement.reversed + movement.adjusted - movement.writtenOff;
    const net = carriedIn + change;
    this.all.push({
      ...movement,
      period,
      partner,
      opening,
      closing: opening + change - movement.withheld - movement.paid,
      carriedIn,
      net,
      outcome: net > 0n && net >= this.settings.minimum ? 'pay' : 'carry',
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
    if (action === 'submit') {
      statement.state = 'IN_REVIEW';
      statement.submitter = who;
    } else if (action === 'reject') {
      statement.state = 'DRAFT';
      statement.submitter = null;
      statement.approvers = [];
    } else {
      statement.approvers.push(who);
      const { secondApprovalAbove } = this.settings;
      if (secondApprovalAbove === null || statement.net <= secondApprovalAbove || statement.approvers.length === 2) this.publish(statement, now);
    }
    return null;
  }

  /** Time has passed: what nobody disputed is confirmed. Nobody can be paid yet, as nobody has said to which account. */
  passTo(now: number): void {
    for (const statement of this.all) {
      if (statement.state === 'PUBLISHED' && statement.disputeUntil <= now) statement.state = statement.outcome === 'carry' ? 'CARRIED' : 'CONFIRMED';
    }
  }

  private publish(statement: Statement, now: number): void {
    statement.state = 'PUBLISHED';
    statement.disputeUntil = now + this.settings.disputeWindowDays * DAY;
    this.passTo(now);
  }
}
