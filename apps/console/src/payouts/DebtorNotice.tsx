import type { DistributionSettings } from '@concentric/contracts';
import { Alert } from '@mui/material';
import { Link, useTranslate } from 'react-admin';
import { useBrandApi } from '../pages/useApi';
import { mayDo } from '../providers/access';

/** Says, before anybody works on a batch, that it cannot be approved: nobody has said from which account to pay. */
export const DebtorNotice = () => {
  const translate = useTranslate();
  const { data } = useBrandApi<DistributionSettings>('distribution', 'settings', { enabled: mayDo('settings', 'read') });
  if (data?.payoutDebtor !== null) return null;
  return (
    <Alert severity="warning" sx={{ mt: 2, width: '100%' }} data-testid="no-debtor">
      {translate('payout.no_debtor')}{' '}
      {mayDo('settings', 'edit') ? <Link to="/settings">{translate('payout.set_debtor')}</Link> : translate('settings.who_may')}
    </Alert>
  );
};
