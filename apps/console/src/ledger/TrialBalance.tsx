import { Alert, Card } from '@mui/material';
import { useTranslate } from 'react-admin';
import { Money, Word } from '../fields/fields';
import { EmptyState } from '../pages/EmptyState';
import { PageHead } from '../pages/PageHead';
import { PlainTable } from '../pages/PlainTable';
import { Loaded } from '../pages/Section';
import { useBrandApi } from '../pages/useApi';
import { useBrand } from '../providers/brand';
import type { TrialBalance as Balance } from '../providers/rows';

type Account = Balance['accounts'][number];

const Accounts = ({ balance }: { balance: Balance }) => {
  const translate = useTranslate();
  const brand = useBrand();
  const currency = balance.accounts[0]?.currency ?? brand?.currency ?? 'CNY';
  const amount = (minor: number, row: Account) => <Money minor={minor} currency={row.currency} />;
  return (
    <>
      <Alert severity={balance.balancedMinor === 0 ? 'success' : 'error'} sx={{ mb: 2 }} data-testid="balanced">
        {translate(balance.balancedMinor === 0 ? 'ledger.balanced' : 'ledger.unbalanced')}{' '}
        <Money minor={balance.balancedMinor} currency={currency} strong />
      </Alert>
      <PlainTable<Account>
        rows={balance.accounts}
        keyOf={(row) => `${row.account} ${row.currency}`}
        columns={[
          { label: 'ledger.account', cell: (row) => <Word plain group="account" value={row.account} /> },
          { label: 'ledger.debit', right: true, cell: (row) => amount(row.debitMinor, row) },
          { label: 'ledger.credit', right: true, cell: (row) => amount(row.creditMinor, row) },
          { label: 'ledger.balance', right: true, cell: (row) => amount(row.balanceMinor, row) },
        ]}
      />
    </>
  );
};

export const TrialBalance = () => {
  const query = useBrandApi<Balance>('distribution', 'trial-balance');
  return (
    <>
      <PageHead title="ledger.title" intro="intro.ledger" />
      <Card sx={{ p: { xs: 2, md: 3 }, mt: 3 }}>
        <Loaded query={query}>
          {(balance) => (balance.accounts.length === 0 ? <EmptyState name="ledger" /> : <Accounts balance={balance} />)}
        </Loaded>
      </Card>
    </>
  );
};
