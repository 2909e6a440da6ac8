import type { Operator, SqlFragment } from '@concentric/service-kit';
import type { statementRow, statementState } from '@concentric/contracts';
import type { z } from 'zod';

export type StatementState = z.infer<typeof statementState>;
type StatementRow = z.infer<typeof statementRow>;

/** From its publication on a statement is the partner's to see; before that it may still become another one or none. */
const PUBLISHED: readonly StatementState[] = ['PUBLISHED', 'CONFIRMED', 'DISPUTED', 'CARRIED', 'PAYABLE', 'IN_PAYOUT', 'PAID'];

/** Works for the brand; everybody else is a partner, or looks at one's rows. */
export const seesWholeBrand = ({ scope }: Pick<Operator, 'scope'>): boolean => scope.kind === 'all';

/** Whether a statement in this state is shown to the operator, given that its partner is. */
export const isShownTo = (operator: Pick<Operator, 'scope'>, state: StatementState): boolean =>
  seesWholeBrand(operator) || PUBLISHED.includes(state);

/** `isShownTo` as a condition on a column of states; none for whoever sees every state. */
export function shownToSql(operator: Pick<Operator, 'scope'>, column: string): SqlFragment[] {
  return seesWholeBrand(operator) ? [] : [{ sql: `${column} IN (${PUBLISHED.map(() => '?').join(', ')})`, params: [...PUBLISHED] }];
}

/**
 * A statement without who of the brand worked on it, what they wrote to each other about it and what they looked into; and
 * without when the partner looked at it, unless that is the operator's own.
 */
export function withoutInternals(row: StatementRow, { scope }: Pick<Operator, 'scope'>): StatementRow {
  const isOwn = scope.kind === 'partner' && scope.partnerId === row.partnerId;
  return {
    ...row,
    seenAt: isOwn ? row.seenAt : null,
    parkedReason: null,
    submittedBy: null,
    approvedBy: null,
    secondApprovedBy: null,
    rejectedReason: null,
    voidProposedBy: null,
    voidReason: null,
    findings: null,
    openFindings: null,
  };
}
