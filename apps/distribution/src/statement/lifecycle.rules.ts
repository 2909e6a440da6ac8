import type { StatementState } from '@concentric/contracts';

/** What may happen to a statement. People submit, approve, reject, confirm, dispute, resolve and void; the service does the rest. */
export type StatementAction =
  | 'rebuild'
  | 'submit'
  | 'approve'
  | 'reject'
  | 'void'
  | 'publish'
  | 'confirm'
  | 'dispute'
  | 'resolve'
  | 'carry'
  | 'release'
  | 'include'
  | 'exclude'
  | 'settle'
  | 'return';

interface Transition {
  readonly from: readonly StatementState[];
  readonly to: StatementState;
  /** As the audit log tells it: `statement.<verb>`. */
  readonly verb: string;
}

/** Every legal transition; there is no other (money.md, section 2). */
export const transitions: Readonly<Record<StatementAction, Transition>> = {
  rebuild: { from: ['PARKED'], to: 'DRAFT', verb: 'rebuilt' },
  submit: { from: ['DRAFT'], to: 'IN_REVIEW', verb: 'submitted' },
  approve: { from: ['IN_REVIEW'], to: 'APPROVED', verb: 'approved' },
  reject: { from: ['IN_REVIEW'], to: 'DRAFT', verb: 'rejected' },
  void: { from: ['DRAFT', 'IN_REVIEW'], to: 'VOID', verb: 'voided' },
  publish: { from: ['APPROVED'], to: 'PUBLISHED', verb: 'published' },
  confirm: { from: ['PUBLISHED'], to: 'CONFIRMED', verb: 'confirmed' },
  dispute: { from: ['PUBLISHED'], to: 'DISPUTED', verb: 'disputed' },
  resolve: { from: ['DISPUTED'], to: 'CONFIRMED', verb: 'resolved' },
  carry: { from: ['CONFIRMED'], to: 'CARRIED', verb: 'carried' },
  release: { from: ['CONFIRMED'], to: 'PAYABLE', verb: 'released' },
  include: { from: ['PAYABLE'], to: 'IN_PAYOUT', verb: 'included' },
  exclude: { from: ['IN_PAYOUT'], to: 'PAYABLE', verb: 'excluded' },
  settle: { from: ['IN_PAYOUT'], to: 'PAID', verb: 'paid' },
  return: { from: ['PAID'], to: 'PAYABLE', verb: 'returned' },
};

/** May this happen to a statement in that state? */
export function mayHappen(action: StatementAction, state: string): boolean {
  return transitions[action].from.some((from) => from === state);
}
