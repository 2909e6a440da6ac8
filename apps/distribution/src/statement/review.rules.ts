import type { Refusal } from '@concentric/service-kit';
import { approvalObstacle } from '../finding/finding.rules';
import { OWN_PARTNER } from '../partner/partner.errors';
import { mayHappen } from './lifecycle.rules';

/** What people do to a statement in review. */
export type ReviewAction = 'submit' | 'approve' | 'reject';

/** A statement as its reviewer finds it. */
export interface UnderReview {
  state: string;
  fingerprint: string;
  submittedBy: string | null;
  approvedBy: string | null;
  voidProposedBy: string | null;
  /** Is it made out to a partner of the reviewer's own? */
  isOwn: boolean;
  /** Has nobody approved the earlier statement yet whose amount it carries in? */
  carriesUnapproved: boolean;
  /** Null while it is being examined. */
  openFindings: number | null;
}

/**
 * Why an action is refused, or null. Four eyes: who submitted may neither approve nor reject, and nobody approves twice
 * (inv 40). `shown` is the fingerprint of what the actor saw, `rebuilt` that of the books now; all three must agree.
 */
export function refusal(
  action: ReviewAction,
  statement: UnderReview,
  actorId: string,
  shown: string,
  rebuilt: string | null,
): Refusal | null {
  if (!mayHappen(action, statement.state))
    return { code: 'wrong_state', message: `The statement is ${statement.state}; that cannot be done to it now.` };
  if (statement.isOwn) return OWN_PARTNER;
  if (statement.voidProposedBy !== null && action !== 'reject')
    return { code: 'void_proposed', message: 'Somebody proposed to void this statement; decide on that first.' };
  if (action !== 'submit' && statement.submittedBy === actorId)
    return { code: 'same_person', message: 'Who submitted a statement may not decide on it; ask a colleague.' };
  if (action === 'approve' && statement.approvedBy === actorId)
    return { code: 'approved_already', message: 'You have approved this statement; it needs a second checker.' };
  if (action === 'approve' && statement.carriesUnapproved)
    return {
      code: 'carries_unapproved',
      message: 'It carries in the amount of an earlier statement that nobody has approved yet; decide on that one first.',
    };
  if (statement.fingerprint !== shown)
    return { code: 'changed_meanwhile', message: 'The statement is not the one you saw; read it again.' };
  if (rebuilt !== null && rebuilt !== shown)
    return {
      code: 'books_disagree',
      message: 'The books no longer give these figures; the statement has to be looked at before it can be approved.',
    };
  return action === 'approve' ? approvalObstacle(statement.openFindings) : null;
}

/** Does an approval still leave the statement waiting for a second checker? */
export function needsAnother(netMinor: number, approvedBy: string | null, secondApprovalAboveMinor: number | null): boolean {
  return secondApprovalAboveMinor !== null && netMinor > secondApprovalAboveMinor && approvedBy === null;
}
