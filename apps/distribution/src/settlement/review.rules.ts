/** What may happen to a statement during review. */
export type ReviewAction = 'submit' | 'approve' | 'reject';

export const transitions = {
  submit: { from: 'DRAFT', to: 'IN_REVIEW' },
  approve: { from: 'IN_REVIEW', to: 'APPROVED' },
  reject: { from: 'IN_REVIEW', to: 'DRAFT' },
} as const;

/** A statement as its reviewer finds it. */
export interface UnderReview {
  state: string;
  fingerprint: string;
  submittedBy: string | null;
}

/**
 * Why an action is refused, or null. Four eyes: who submitted may neither approve nor reject (inv 40). `shown` is the
 * fingerprint of what the actor saw, `rebuilt` that of the books now; all three must agree.
 */
export function refusal(action: ReviewAction, statement: UnderReview, actorId: string, shown: string, rebuilt: string | null): { code: string; message: string } | null {
  const { from } = transitions[action];
  if (statement.state !== from) return { code: 'wrong_state', message: `The statement is ${statement.state}, not ${from}.` };
  if (action !== 'submit' && statement.submittedBy === actorId) return { code: 'same_person', message: 'Who submitted a statement may not decide on it; ask a colleague.' };
  if (statement.fingerprint !== shown) return { code: 'changed_meanwhile', message: 'The statement is not the one you saw; read it again.' };
  if (rebuilt !== null && rebuilt !== shown) return { code: 'books_disagree', message: 'The books no longer give these figures; the statement has to be looked at before it can be approved.' };
  return null;
}
