import { TextField } from '@mui/material';
import { useState } from 'react';
import { useLocale, useTranslate } from 'react-admin';
import { formatMoney } from '../money/format';
import { isExact, readExact } from '../money/typed';
import { ActionButton } from '../pages/ActionButton';
import { ProposalButtons } from '../pages/ProposalButtons';
import { Quiet } from '../pages/Section';
import { mayDo } from '../providers/access';
import type { DisputeRow } from '../providers/rows';

const Propose = ({ dispute }: { dispute: DisputeRow }) => {
  const translate = useTranslate();
  const [amount, setAmount] = useState('');
  const isWrong = !isExact(amount, dispute.currency, true);
  const amountMinor = isWrong ? undefined : readExact(amount, dispute.currency);
  const path = `disputes/${dispute.id}/propose`;
  return (
    <>
      <ActionButton
        label="dispute.propose_adjust"
        variant="contained"
        consequence={`${translate('dispute.effect.adjust')} ${translate('proposal.somebody_else')}`}
        incomplete={!amountMinor}
        act={(reason) => ({ path, body: { resolution: 'adjust', amountMinor, reason }, done: 'proposal.made' })}
      >
        <TextField
          fullWidth
          label={translate('adjustment.amount_in', { currency: dispute.currency })}
          helperText={translate(isWrong ? 'adjustment.not_amount' : 'adjustment.sign.adjust')}
          error={isWrong}
          value={amount}
          onChange={(event) => setAmount(event.target.value)}
        />
      </ActionButton>
      <ActionButton
        label="dispute.propose_reject"
        variant="outlined"
        consequence={`${translate('dispute.effect.reject')} ${translate('proposal.somebody_else')}`}
        act={(reason) => ({ path, body: { resolution: 'reject', reason }, done: 'proposal.made' })}
      />
    </>
  );
};

/** What is proposed to settle a dispute by, and the second person's decision on it. */
export const DisputeActions = ({ dispute }: { dispute: DisputeRow }) => {
  const translate = useTranslate();
  const locale = useLocale();
  if (dispute.state === 'OPEN') {
    return mayDo('disputes', 'propose') ? <Propose dispute={dispute} /> : <Quiet>{translate('dispute.waits')}</Quiet>;
  }
  if (dispute.state === 'RESOLVED') return null;
  const amount = dispute.amountMinor === null ? '' : formatMoney(dispute.amountMinor, dispute.currency, locale);
  return (
    <ProposalButtons
      resource="disputes"
      path={`disputes/${dispute.id}/decide`}
      proposedBy={dispute.proposedBy}
      body={{ resolution: dispute.resolution, ...(dispute.amountMinor === null ? {} : { amountMinor: dispute.amountMinor }) }}
      approving={translate(`dispute.effect.decide_${dispute.resolution ?? 'reject'}`, { amount, partner: dispute.partnerName })}
      refusing={translate('dispute.effect.reopen')}
    />
  );
};
