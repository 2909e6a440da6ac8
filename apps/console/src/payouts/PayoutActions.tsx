import { Box } from '@mui/material';
import { useLocale, useTranslate } from 'react-admin';
import { formatCount, formatMoney } from '../money/format';
import { ActionButton } from '../pages/ActionButton';
import { Quiet } from '../pages/Section';
import { isMe, mayDo } from '../providers/access';
import type { PayoutDetail } from '../providers/rows';

type Action = 'submit' | 'approve' | 'reject' | 'release' | 'cancel';

export const UNRELEASED = ['DRAFT', 'SUBMITTED', 'APPROVED', 'FILE_READY'];
const WITH_REASON: Action[] = ['reject', 'cancel'];

/** What the person signed in may do with a batch now; the service has the last word. */
export function actionsFor(payout: PayoutDetail): Action[] {
  const prepares = mayDo('payouts', 'create');
  const madeByMe = isMe(payout.preparedBy) || isMe(payout.submittedBy);
  const decides = mayDo('payouts', 'decide') && !madeByMe && payout.cancelProposedBy === null;
  const mayBeCancelled = prepares && UNRELEASED.includes(payout.state) && payout.cancelProposedBy === null;
  const actions: Action[] = [];
  if (payout.state === 'DRAFT' && prepares && payout.items > 0) actions.push('submit');
  if (payout.state === 'SUBMITTED' && decides) actions.push(...(isMe(payout.approvedBy) ? [] : (['approve'] as const)), 'reject');
  if (payout.state === 'FILE_READY' && decides && mayDo('payouts', 'release')) actions.push('release');
  if (mayBeCancelled) actions.push('cancel');
  return actions;
}

/** Each step of a batch, with the figures it is about. A release is asked once: it cannot be taken back. */
export const PayoutActions = ({ payout }: { payout: PayoutDetail }) => {
  const translate = useTranslate();
  const locale = useLocale();
  const actions = actionsFor(payout);
  const figures = {
    items: formatCount(payout.items, locale),
    amount: formatMoney(payout.amountMinor, payout.currency, locale),
    tax: formatMoney(payout.taxMinor, payout.currency, locale),
  };
  const waitsForOther = payout.state === 'SUBMITTED' && isMe(payout.approvedBy);
  return (
    <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap', alignItems: 'center' }}>
      {waitsForOther ? <Quiet>{translate('payout.second_needed')}</Quiet> : null}
      {actions.map((action) => (
        <ActionButton
          key={action}
          size="medium"
          label={`payout.${action}`}
          variant={WITH_REASON.includes(action) ? 'outlined' : 'contained'}
          color={action === 'release' ? 'warning' : 'primary'}
          withoutReason={!WITH_REASON.includes(action)}
          consequence={translate(`payout.consequence.${action}`, figures)}
          act={(reason) => ({
            path: `payouts/${payout.id}/${action}`,
            body: { version: payout.version, ...(reason ? { reason } : {}) },
            done: `payout.done.${action}`,
          })}
        />
      ))}
    </Box>
  );
};
