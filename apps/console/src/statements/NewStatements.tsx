import { Alert } from '@mui/material';
import { Link, useLocale, useTranslate } from 'react-admin';
import { Instant, Money } from '../fields/fields';
import { formatPeriod } from '../money/format';
import { useBrandApi } from '../pages/useApi';
import type { StatementRow } from '../providers/rows';

/** Notices of statements that have been published and that nobody of the partner has opened yet. */
export const NewStatements = ({ partnerId }: { partnerId: string }) => {
  const translate = useTranslate();
  const locale = useLocale();
  const { data } = useBrandApi<{ data: StatementRow[] }>('distribution', `statements?partnerId=${partnerId}&state=PUBLISHED&limit=12`);
  return data?.data
    .filter(({ seenAt }) => seenAt === null)
    .map(({ id, period, netMinor, currency, disputeUntil }) => (
      <Alert key={id} severity="info" role="status">
        <Link to={`/statements/${id}/show`}>{translate('statement.new', { period: formatPeriod(period, locale) })}</Link>{' '}
        <Money minor={netMinor} currency={currency} strong /> · {translate('statement.window_own')} <Instant value={disputeUntil!} />
      </Alert>
    ));
};
