import { conflict, forbidden, invalid, notFound, refusedByRules, type Refusal } from '@concentric/service-kit';

export const unknownStatement = (id: string) => notFound('statement', id);

export const reasonMissing = () =>
  invalid([
    {
      field: 'reason',
      code: 'reason_missing',
      message: 'sending a statement back needs a reason',
      remedy: 'say what is wrong, so that the submitter can mend it',
    },
  ]);

export const partnerBlocked = (id: string) =>
  conflict('partner_blocked_already', 'This partner is blocked already', `Partner ${id} is not paid until the block is lifted.`);
export const partnerNotBlocked = (id: string) => conflict('partner_not_blocked', 'This partner is not blocked', id);
export const notYourStatement = () =>
  forbidden(
    'not_your_statement',
    'Only the partner itself answers its statements',
    'Sign in as the partner that the statement is made out to.',
  );
export const wrongStatementState = (state: string, action: string) =>
  conflict(
    'wrong_state',
    'This cannot be done to the statement in its present state',
    `The statement is ${state}; it cannot be ${action} now.`,
  );
export const unknownDispute = (id: string) => notFound('dispute', id);
export const windowOver = () =>
  conflict('dispute_window_over', 'The time to dispute this statement is over', 'Ask finance for an adjustment instead.');
export const notOnStatement = (index: number, name: 'lineId' | 'adjustmentId') =>
  invalid([
    {
      field: `items[${index}].${name}`,
      code: 'not_on_statement',
      message: 'this is not on the statement',
      remedy: 'name lines and adjustments that the statement shows',
    },
  ]);
/** A refusal of the rules as an answer. */
export const refused = (refusal: Refusal) => refusedByRules('This is refused', refusal);
