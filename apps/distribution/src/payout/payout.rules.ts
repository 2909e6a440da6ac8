import type { PayoutState } from '@concentric/contracts';
import type { Refusal } from '@concentric/service-kit';

export type PayoutAction =
  | 'submit'
  | 'reject'
  | 'approveFirst'
  | 'approve'
  | 'makeReady'
  | 'release'
  | 'proposeCancel'
  | 'keep'
  | 'cancel'
  | 'eject'
  | 'settle'
  | 'settlePart';

interface Transition {
  readonly from: readonly PayoutState[];
  /** null: the state stays. */
  readonly to: PayoutState | null;
  /** As the audit log tells it: `payout.<verb>`. */
  readonly verb: string;
}

const CHECKED: Refusal = {
  code: 'checker_of_statement',
  message: 'You approved a statement that this batch pays; ask a colleague who did not.',
};
const UNRELEASED = ['DRAFT', 'SUBMITTED', 'APPROVED', 'FILE_READY'] as const;

/** Every legal transition of a batch; there is no other (money.md, section 2). */
export const payoutTransitions: Readonly<Record<PayoutAction, Transition>> = {
  submit: { from: ['DRAFT'], to: 'SUBMITTED', verb: 'submitted' },
  reject: { from: ['SUBMITTED'], to: 'DRAFT', verb: 'rejected' },
  approveFirst: { from: ['SUBMITTED'], to: null, verb: 'approved-first' },
  approve: { from: ['SUBMITTED'], to: 'APPROVED', verb: 'approved' },
  makeReady: { from: ['APPROVED'], to: 'FILE_READY', verb: 'made-ready' },
  release: { from: ['FILE_READY'], to: 'SENT', verb: 'released' },
  proposeCancel: { from: UNRELEASED, to: null, verb: 'cancel-proposed' },
  keep: { from: UNRELEASED, to: null, verb: 'kept' },
  cancel: { from: UNRELEASED, to: 'CANCELLED', verb: 'cancelled' },
  eject: { from: ['DRAFT', 'SUBMITTED'], to: 'DRAFT', verb: 'ejected-from' },
  settle: { from: ['SENT'], to: 'SETTLED', verb: 'settled' },
  settlePart: { from: ['SENT', 'SETTLED'], to: 'PART_SETTLED', verb: 'settled-in-part' },
};

/** A batch as far as its rules need it. */
export interface PayoutUnderReview {
  state: PayoutState;
  version: number;
  items: number;
  preparedBy: string;
  submittedBy: string | null;
  approvedBy: string | null;
  cancelProposedBy: string | null;
}

/** Who acts, what version they saw, and whether they checked a statement that the batch pays. */
export interface PayoutActor {
  actorId: string;
  seenVersion: number;
  checkedStatement: boolean;
}

/** May this happen to a batch in that state? */
export function mayHappenToPayout(action: PayoutAction, state: PayoutState): boolean {
  return payoutTransitions[action].from.includes(state);
}

/** Why an action of a person is refused, or null: state, what was seen, and who may not be one person (inv 40). */
export function payoutRefusal(
  action: PayoutAction,
  batch: PayoutUnderReview,
  { actorId, seenVersion, checkedStatement }: PayoutActor,
): Refusal | null {
  if (!mayHappenToPayout(action, batch.state)) {
    return {
      code: 'wrong_state',
      message: `The batch is ${batch.state}; this is possible only while it is ${payoutTransitions[action].from.join(' or ')}.`,
    };
  }
  if (batch.version !== seenVersion) return { code: 'changed_meanwhile', message: 'The batch is not the one you saw; read it again.' };
  const made = actorId === batch.preparedBy || actorId === batch.submittedBy;
  switch (action) {
    case 'submit':
      if (batch.items === 0) return { code: 'nothing_to_pay', message: 'The batch holds nothing any more; cancel it.' };
      return checkedStatement ? CHECKED : null;
    case 'reject':
      return made
        ? { code: 'same_person', message: 'Who prepared or submitted a batch may not decide on it; ask a colleague of the treasury.' }
        : null;
    case 'approve':
    case 'approveFirst':
    case 'release':
      if (batch.cancelProposedBy !== null)
        return { code: 'cancel_proposed', message: 'It is proposed to cancel the batch; decide on that first.' };
      if (made)
        return {
          code: 'same_person',
          message: 'Who prepared or submitted a batch may neither approve nor release it; ask a colleague of the treasury.',
        };
      if (action === 'release') return null;
      if (actorId === batch.approvedBy)
        return { code: 'same_person', message: 'You have approved it already; the second approval is another person’s.' };
      return checkedStatement ? CHECKED : null;
    case 'proposeCancel':
      return batch.cancelProposedBy !== null ? { code: 'cancel_proposed', message: 'It is proposed already to cancel the batch.' } : null;
    case 'cancel':
    case 'keep':
      if (batch.cancelProposedBy === null) return { code: 'cancel_not_proposed', message: 'Nobody has proposed to cancel the batch.' };
      return batch.cancelProposedBy === actorId
        ? { code: 'same_person', message: 'Who proposed to cancel a batch may not decide on it.' }
        : null;
    default:
      return null;
  }
}
