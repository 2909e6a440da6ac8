import { Alert } from '@mui/material';
import type { ReactNode } from 'react';
import { Link, useTranslate } from 'react-admin';
import { Instant, Period } from '../fields/fields';
import { filtered } from '../pages/filtered';
import { ProposalButtons } from '../pages/ProposalButtons';
import { usePayoutBlock } from '../partners/usePayoutBlock';
import { isMe, isOwn, isPartner, mayDo, mayProposePayee } from '../providers/access';
import type { StatementRow } from '../providers/rows';
import { awaitsSecondApproval } from './decisions';
import { useSeen } from './useSeen';

const Notice = ({ severity = 'info', children }: { severity?: 'info' | 'warning'; children: ReactNode }) => (
  <Alert severity={severity} sx={{ mt: 2 }}>
    {children}
  </Alert>
);

/** What the statement waits for, and where that is done. */
export const Waiting = ({ statement }: { statement: StatementRow }) => {
  const translate = useTranslate();
  const { waitingFor, partnerId, state } = statement;
  // What was payable before the block stays so: those who may know of it are told by the block itself.
  if (waitingFor === null || (state === 'PAYABLE' && !isOwn(partnerId))) return null;
  const to = waitingFor === 'payee' ? `/payees/create?partnerId=${partnerId}` : `/partners/${partnerId}/show`;
  const mayHelp = waitingFor === 'payee' ? mayProposePayee(partnerId) : mayDo('partners', 'block');
  return (
    <Notice severity="warning">
      {translate(`statement.waiting.${waitingFor}${isOwn(partnerId) ? '_own' : ''}`)}{' '}
      {mayHelp ? <Link to={to}>{translate(`statement.help.${waitingFor}`)}</Link> : null}
    </Notice>
  );
};

/** What is not paid for the time being, before it even waits for that. */
const Blocked = ({ statement: { state, partnerId, waitingFor } }: { statement: StatementRow }) => {
  const translate = useTranslate();
  const isTold = waitingFor !== null && state !== 'PAYABLE';
  const { block } = usePayoutBlock(partnerId, !isTold && !['PAID', 'CARRIED', 'VOID'].includes(state));
  if (!block) return null;
  return (
    <Notice severity="warning">
      {translate('statement.blocked', { reason: block.reason })}{' '}
      <Link to={`/partners/${partnerId}/show`}>{translate('statement.help.partner_blocked')}</Link>
    </Notice>
  );
};

/** Whether the partner knows of it. */
const Seen = ({ at }: { at: string | null }) => {
  const translate = useTranslate();
  return at === null ? (
    <> · {translate('statement.not_seen')}</>
  ) : (
    <>
      {' '}
      · {translate('statement.seen')} <Instant value={at} />
    </>
  );
};

/** What somebody should know or decide before anything else about a statement. */
export const StatementNotices = ({ statement }: { statement: StatementRow }) => {
  const translate = useTranslate();
  useSeen(statement);
  const proposedVoid = statement.voidProposedBy !== null && statement.state !== 'VOID';
  return (
    <>
      {statement.rejectedReason ? (
        <Notice severity="warning">{translate('statement.rejected', { reason: statement.rejectedReason })}</Notice>
      ) : null}
      {awaitsSecondApproval(statement) ? (
        <Notice>{translate(isMe(statement.approvedBy) ? 'statement.second_needed_own' : 'statement.second_needed')}</Notice>
      ) : null}
      {proposedVoid ? (
        <Notice severity="warning">
          {translate('statement.void_proposed', { reason: statement.voidReason })}
          <ProposalButtons
            resource="statement-voids"
            path={`statements/${statement.id}/void/decide`}
            proposedBy={statement.voidProposedBy}
            approve="statement.void"
            approving={translate('statement.consequence.void')}
            refusing={translate('statement.consequence.keep')}
          />
        </Notice>
      ) : null}
      {statement.state === 'PUBLISHED' && statement.disputeUntil ? (
        <Notice>
          {translate(isOwn(statement.partnerId) ? 'statement.window_own' : 'statement.window')} <Instant value={statement.disputeUntil} />
          {isPartner() ? null : <Seen at={statement.seenAt} />}
        </Notice>
      ) : null}
      {statement.carriedInto ? (
        <Notice>
          {translate('statement.carried_into')}{' '}
          <Link to={filtered('statements', { partnerId: statement.partnerId, period: statement.carriedInto })}>
            <Period value={statement.carriedInto} />
          </Link>
        </Notice>
      ) : null}
      <Blocked statement={statement} />
      <Waiting statement={statement} />
    </>
  );
};
