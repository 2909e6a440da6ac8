import { conflict, forbidden, invalid, notFound } from '@concentric/service-kit';

export const unknownStatement = (id: string) => notFound('statement', id);

export const reasonMissing = () => invalid([{ field: 'reason', code: 'reason_missing', message: 'sending a statement back needs a reason', remedy: 'say what is wrong, so that the submitter can mend it' }]);

export const partnerBlocked = (id: string) => conflict('partner_blocked_already', 'This partner is blocked already', `Partner ${id} is not paid until the block is lifted.`);
export const partnerNotBlocked = (id: string) => conflict('partner_not_blocked', 'This partner is not blocked', id);
export const notYourStatement = () => forbidden('not_your_statement', 'Only the partner itself answers its statements', 'Sign in as the partner that the statement is made out to.');
export const wrongStatementState = (state: string, action: string) => conflict('wrong_state', 'This cannot be done to the statement in its present state', `The statement is ${state}; it cannot be ${action} now.`);
