import type { Accounts } from './accounts';
import type { Settings } from './settings';
import { total } from './fraction';
import type { Statement } from './statements';

export type BatchAction = 'submit' | 'reject' | 'approve' | 'release' | 'proposeCancel' | 'keep' | 'cancel';

export interface Item {
  statement: Statement;
  /** Which of the partner's payee details it is paid by. */
  payee: number;
  state: 'PLANNED' | 'SENT' | 'UNKNOWN' | 'PAID' | 'FAILED' | 'RETURNED';
}

export interface Batch {
  /** As the product calls it. */
  id: string;
  /** Those that are still to be paid with it. */
  items: Item[];
  state: 'DRAFT' | 'SUBMITTED' | 'FILE_READY' | 'SENT' | 'SETTLED' | 'PART_SETTLED' | 'CANCELLED';
  preparedBy: string;
  submittedBy: string | null;
  approvedBy: string | null;
  cancelProposedBy: string | null;
}

const unreleased = ['DRAFT', 'SUBMITTED', 'FILE_READY'];
const FROM: Record<BatchAction, string[]> = {
  submit: ['DRAFT'],
  reject: ['SUBMITTED'],
  approve: ['SUBMITTED'],
  release: ['FILE_READY'],
  proposeCancel: unreleased,
  keep: unreleased,
  cancel: unreleased,
};

/** What is paid together, and who may do what with it. */
export class Payouts {
  readonly all: Batch[] = [];

  constructor(
    private readonly accounts: Accounts,
    private readonly settings: Settings,
  ) {}

  amountOf({ items }: Batch): bigint {
    return total(items.map(({ statement: { net, tax } }) => net - tax));
  }

  /** Everything that is payable goes into a batch; or the code of the refusal. */
  prepare(who: string): Batch | string {
    const { all, blocked, payees } = this.accounts.statements;
    const due = all.filter(({ state, partner }) => state === 'PAYABLE' && !blocked.has(partner));
    if (due.some((statement) => this.accounts.statements.checkersOf(statement).includes(who))) return 'checker_of_statement';
    if (due.length === 0) return 'nothing_payable';
    for (const statement of due) statement.state = 'IN_PAYOUT';
    const items = due.map((statement): Item => ({ statement, payee: payees.get(statement.partner)!, state: 'PLANNED' }));
    const batch: Batch = { id: '', items, state: 'DRAFT', preparedBy: who, submittedBy: null, approvedBy: null, cancelProposedBy: null };
    this.all.push(batch);
    return batch;
  }

  /** The code of the refusal, or null once it is done. @param isOutdated it was decided on a batch that has changed since */
  act(batch: Batch, action: BatchAction, who: string, isOutdated: boolean): string | null {
    const refused = this.refusal(batch, action, who, isOutdated);
    if (refused === null) this.carryOut(batch, action, who);
    return refused;
  }

  /** Whoever wants to be paid elsewhere, or not at all, is taken out of what nobody has approved yet. */
  eject(partner: string): void {
    for (const batch of this.all) {
      const staying = batch.items.filter(({ statement }) => statement.partner !== partner);
      if (!['DRAFT', 'SUBMITTED'].includes(batch.state) || staying.length === batch.items.length) continue;
      this.giveBack(batch, (statement) => statement.partner === partner);
      batch.items = staying;
      this.backToDraft(batch);
    }
  }

  /** The bank has spoken. A batch is settled once it has on every item. */
  told(item: Item, state: Exclude<Item['state'], 'PLANNED' | 'SENT'>): void {
    const wasPaid = item.state === 'PAID';
    item.state = state;
    if (state === 'PAID') {
      item.statement.state = 'PAID';
      this.accounts.paid(item.statement);
    } else if (state !== 'UNKNOWN') {
      item.statement.state = 'PAYABLE';
      this.accounts.cameBack(item.statement, wasPaid);
    }
    const batch = this.all.find(({ items }) => items.includes(item))!;
    if (batch.items.some((one) => one.state === 'SENT' || one.state === 'UNKNOWN')) return;
    batch.state = batch.items.every((one) => one.state === 'PAID') ? 'SETTLED' : 'PART_SETTLED';
  }

  private refusal(batch: Batch, action: BatchAction, who: string, isOutdated: boolean): string | null {
    const { payees, blocked } = this.accounts.statements;
    const isMaker = who === batch.preparedBy || who === batch.submittedBy;
    if (!FROM[action].includes(batch.state)) return 'wrong_state';
    if (isOutdated) return 'changed_meanwhile';
    const hasChecked = batch.items.some(({ statement }) => this.accounts.statements.checkersOf(statement).includes(who));
    if (action === 'submit') return batch.items.length === 0 ? 'nothing_to_pay' : hasChecked ? 'checker_of_statement' : null;
    if (action === 'proposeCancel') return batch.cancelProposedBy === null ? null : 'cancel_proposed';
    if (action === 'keep' || action === 'cancel')
      return batch.cancelProposedBy === null ? 'cancel_not_proposed' : batch.cancelProposedBy === who ? 'same_person' : null;
    if (action !== 'reject' && batch.cancelProposedBy !== null) return 'cancel_proposed';
    if (isMaker || (action === 'approve' && batch.approvedBy === who)) return 'same_person';
    if (action === 'approve') return hasChecked ? 'checker_of_statement' : null;
    const outdated = batch.items.some(({ statement: { partner }, payee }) => payees.get(partner) !== payee || blocked.has(partner));
    return action === 'release' && outdated ? 'payee_changed' : null;
  }

  private carryOut(batch: Batch, action: BatchAction, who: string): void {
    const { secondPayoutAbove: limit } = this.settings;
    switch (action) {
      case 'submit':
        batch.state = 'SUBMITTED';
        batch.submittedBy = who;
        return;
      case 'reject':
        return this.backToDraft(batch);
      case 'approve':
        if (limit === null || this.amountOf(batch) <= limit || batch.approvedBy !== null) batch.state = 'FILE_READY';
        else batch.approvedBy = who;
        return;
      case 'release':
        batch.state = 'SENT';
        for (const item of batch.items) {
          item.state = 'SENT';
          this.accounts.send(item.statement);
        }
        return;
      case 'proposeCancel':
        batch.cancelProposedBy = who;
        return;
      case 'keep':
        batch.cancelProposedBy = null;
        return;
      case 'cancel':
        batch.state = 'CANCELLED';
        this.giveBack(batch, () => true);
    }
  }

  private backToDraft(batch: Batch): void {
    Object.assign(batch, { state: 'DRAFT', submittedBy: null, approvedBy: null });
  }

  private giveBack(batch: Batch, which: (statement: Statement) => boolean): void {
    for (const { statement } of batch.items) if (which(statement)) statement.state = 'PAYABLE';
  }
}
