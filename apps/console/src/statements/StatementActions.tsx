import { Button } from '@mui/material';
import { useState } from 'react';
import { Link, useTranslate } from 'react-admin';
import { DisputeButton } from '../disputes/DisputeButton';
import { ActionButton } from '../pages/ActionButton';
import { isOwn, mayDo } from '../providers/access';
import type { StatementRow } from '../providers/rows';
import { DecisionDialog, type Pending } from './DecisionDialog';
import { decisionsFor } from './decisions';

const CORRECTED_BY_ADJUSTMENT = ['APPROVED', 'PUBLISHED', 'CONFIRMED', 'CARRIED', 'PAYABLE', 'IN_PAYOUT', 'PAID'];
const VOIDABLE = ['DRAFT', 'IN_REVIEW'];

/** What the person signed in may do with a statement now. */
export const StatementActions = ({ statement }: { statement: StatementRow }) => {
  const translate = useTranslate();
  const [pending, setPending] = useState<Pending | null>(null);
  const { id, state, period, partnerId } = statement;
  return (
    <>
      {decisionsFor(statement).map((decision) => (
        <Button
          key={decision}
          variant={decision === 'reject' ? 'outlined' : 'contained'}
          onClick={() => setPending({ decision, rows: [statement] })}
        >
          {translate(`review.${decision}`)}
        </Button>
      ))}
      {VOIDABLE.includes(state) && statement.voidProposedBy === null && mayDo('statements', 'void') ? (
        <ActionButton
          size="medium"
          label="statement.void"
          variant="outlined"
          consequence={`${translate('statement.consequence.void')} ${translate('proposal.somebody_else')}`}
          act={(reason) => ({ path: `statements/${id}/void`, body: { reason }, done: 'proposal.made' })}
        />
      ) : null}
      {state === 'PARKED' && mayDo('periods', 'rebuild') ? (
        <ActionButton
          size="medium"
          label="statement.rebuild"
          variant="contained"
          act={() => ({ path: `periods/${period}/rebuild`, body: {}, done: 'statement.rebuilt' })}
        />
      ) : null}
      {state === 'PUBLISHED' && isOwn(partnerId) && mayDo('statements', 'confirm') ? (
        <ActionButton
          size="medium"
          label="statement.confirm"
          variant="contained"
          withoutReason
          consequence={translate('statement.consequence.confirm')}
          act={() => ({ path: `statements/${id}/confirm`, body: {}, done: 'statement.confirmed' })}
        />
      ) : null}
      {state === 'PUBLISHED' && isOwn(partnerId) && mayDo('statements', 'dispute') ? <DisputeButton statement={statement} /> : null}
      {CORRECTED_BY_ADJUSTMENT.includes(state) && mayDo('adjustments', 'create') ? (
        <Button
          component={Link}
          to={`/adjustments/create?partnerId=${partnerId}&statementId=${id}&originPeriod=${period}`}
          variant="outlined"
        >
          {translate('adjustment.propose')}
        </Button>
      ) : null}
      <DecisionDialog pending={pending} onDone={() => setPending(null)} />
    </>
  );
};
