import { useTranslate } from 'react-admin';
import { ActionButton } from '../pages/ActionButton';
import { mayDo } from '../providers/access';
import type { BankLineRow } from '../providers/rows';
import { isOpen } from './open';

/** A treasury checker believes a line that contradicts what is known, such as a return, or does not, and says what came of one that fits nothing. */
export const BankLineDecision = ({ line }: { line: BankLineRow }) => {
  const translate = useTranslate();
  if (!mayDo('bank-lines', 'confirm')) return null;
  if (isOpen(line))
    return (
      <ActionButton
        label="bank.close"
        consequence={translate('bank.effect.close')}
        act={(reason) => ({ path: `bank-lines/${line.id}/close`, body: { reason }, done: 'bank.closed' })}
      />
    );
  if (line.state !== 'WAITING') return null;
  const act = (approve: boolean) => (reason: string) => ({
    path: `bank-lines/${line.id}/confirm`,
    body: { approve, reason },
    done: approve ? 'bank.confirmed' : 'bank.refused',
  });
  return (
    <>
      <ActionButton
        label="bank.confirm"
        variant="contained"
        consequence={translate(`bank.effect.${line.status}`, { partner: line.partnerCode })}
        act={act(true)}
      />
      <ActionButton label="bank.refuse" consequence={translate('bank.effect.refuse')} act={act(false)} />
    </>
  );
};
