import { Alert, Box, Checkbox, FormControlLabel } from '@mui/material';
import { useState } from 'react';
import { useLocale, useTranslate } from 'react-admin';
import { AuditButton } from '../audit/AuditButton';
import { Instant, Money, Word } from '../fields/fields';
import { formatMoney } from '../money/format';
import { ActionButton } from '../pages/ActionButton';
import { PlainTable } from '../pages/PlainTable';
import { Quiet } from '../pages/Section';
import { mayDo } from '../providers/access';
import type { ControlRun } from '../providers/rows';

type Halted = ControlRun['halted'][number];

/** The way on for an account: it agrees again, or its balance is taken from its entries. */
const Release = ({ account }: { account: Halted }) => {
  const translate = useTranslate();
  const locale = useLocale();
  const [fromEntries, setFromEntries] = useState(false);
  if (!mayDo('controls', 'release')) return <Quiet>{translate('control.who_releases')}</Quiet>;
  const amount = (minor: number) => formatMoney(minor, account.currency, locale);
  return (
    <ActionButton
      label="control.release"
      variant="outlined"
      minLength={5}
      consequence={translate('control.consequence', { partner: account.partnerCode })}
      act={(reason) => ({
        path: `controls/halts/${account.id}/release`,
        body: { reason, balanceFromEntries: fromEntries },
        done: 'control.released',
      })}
    >
      <FormControlLabel
        sx={{ mb: 2 }}
        control={<Checkbox checked={fromEntries} onChange={(_event, checked) => setFromEntries(checked)} />}
        label={translate('control.from_entries', { balance: amount(account.balanceMinor), entries: amount(account.entriesMinor) })}
      />
    </ActionButton>
  );
};

/** Accounts to which nothing is posted, why, and their release by a finance checker. */
export const HaltedAccounts = ({ halted }: { halted: readonly Halted[] }) => {
  const translate = useTranslate();
  return (
    <>
      <Alert severity="warning" sx={{ mb: 2 }}>
        {translate('control.why_halted')}
      </Alert>
      <PlainTable<Halted>
        rows={halted}
        keyOf={({ id }) => id}
        columns={[
          { label: 'commission.partner', cell: ({ partnerCode }) => partnerCode ?? '–' },
          { label: 'ledger.account', cell: ({ account }) => <Word plain group="account" value={account} /> },
          { label: 'control.balance', right: true, cell: (row) => <Money minor={row.balanceMinor} currency={row.currency} /> },
          { label: 'control.entries', right: true, cell: (row) => <Money minor={row.entriesMinor} currency={row.currency} /> },
          { label: 'control.halted_at', cell: ({ haltedAt }) => <Instant value={haltedAt} /> },
          {
            label: 'payout.todo',
            cell: (row) => (
              <Box sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
                <Release account={row} />
                <AuditButton entityType="ledger_account" entityId={row.accountId} />
              </Box>
            ),
          },
        ]}
      />
    </>
  );
};
