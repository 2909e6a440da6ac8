import { Alert } from '@mui/material';
import { useTranslate } from 'react-admin';
import { Instant } from '../fields/fields';
import { Who } from '../fields/Who';
import { ActionButton } from '../pages/ActionButton';
import { mayDo } from '../providers/access';
import { usePayoutBlock } from './usePayoutBlock';

/** Whether a partner is not paid for the time being, and the two ways to change that. */
export const PayoutBlock = ({ partnerId, partnerName }: { partnerId: string; partnerName: string }) => {
  const translate = useTranslate();
  const { block, isKnown } = usePayoutBlock(partnerId);
  const mayChange = mayDo('partners', 'block') && isKnown;
  const button = mayChange ? (
    <ActionButton
      size="medium"
      label={block ? 'payout_block.lift' : 'payout_block.block'}
      variant="outlined"
      consequence={translate(block ? 'payout_block.consequence.lift' : 'payout_block.consequence.block', { partner: partnerName })}
      act={(reason) => ({
        path: `partners/${partnerId}/payout-block`,
        method: block ? 'DELETE' : 'POST',
        body: { reason },
        done: block ? 'payout_block.lifted' : 'payout_block.blocked',
      })}
    />
  ) : undefined;
  if (!block) return button;
  return (
    <Alert severity="warning" action={button} sx={{ mt: 2, width: '100%' }}>
      {translate('payout_block.because', { reason: block.reason })} · <Who id={block.blockedBy} /> · <Instant value={block.blockedAt} />
    </Alert>
  );
};
