import { useTranslate } from 'react-admin';
import { ActionButton } from '../pages/ActionButton';
import { ProposalButtons } from '../pages/ProposalButtons';
import { Quiet } from '../pages/Section';
import { mayDo } from '../providers/access';
import type { PayoutItem } from '../providers/rows';

/** Of a payment whose outcome the bank left open: what it was, by evidence, by two people. It is never sent again. */
export const ItemResolution = ({ item }: { item: PayoutItem }) => {
  const translate = useTranslate();
  if (item.state !== 'UNKNOWN') return null;
  const words = { partner: item.partnerName };
  if (item.resolveTo) {
    return (
      <>
        <Quiet>
          {translate(`words.payout_item_state.${item.resolveTo}`)}: {item.resolveEvidence}
        </Quiet>
        <ProposalButtons
          resource="payouts"
          path={`payout-items/${item.id}/resolve/decide`}
          proposedBy={item.resolveProposedBy}
          body={{ version: item.version }}
          approving={translate(`payout.resolved.${item.resolveTo}`, words)}
          refusing={translate('payout.resolved.refuse', words)}
        />
      </>
    );
  }
  if (!mayDo('payouts', 'create')) return null;
  return (
    <>
      {(['PAID', 'FAILED'] as const).map((outcome) => (
        <ActionButton
          key={outcome}
          label={`payout.resolve_${outcome}`}
          minLength={5}
          consequence={`${translate(`payout.resolved.${outcome}`, words)} ${translate('proposal.somebody_else')}`}
          act={(evidence) => ({ path: `payout-items/${item.id}/resolve`, body: { outcome, evidence }, done: 'proposal.made' })}
        />
      ))}
    </>
  );
};
