import { Box, Chip, Typography } from '@mui/material';
import { useState, type ReactNode } from 'react';
import { Link, useLocale, useTranslate } from 'react-admin';
import { DateOnly, Money, Period, Word } from '../fields/fields';
import { formatCount } from '../money/format';
import { MoreRows } from '../pages/MoreRows';
import { PlainTable, type PlainColumn } from '../pages/PlainTable';
import type { PayoutDetail, PayoutItem } from '../providers/rows';
import { ItemResolution } from './ItemResolution';

const Small = ({ children }: { children: ReactNode }) => (
  <Typography variant="caption" color="textSecondary" component="div">
    {children}
  </Typography>
);

const FormerAccount = ({ account }: { account: string }) => (
  <Typography variant="caption" color="warning.main" component="div">
    {useTranslate()('payout.former_account', { account })}
  </Typography>
);

export const Payee = ({ item }: { item: PayoutItem }) => (
  <>
    <Link to={`/partners/${item.partnerId}/show`}>{item.partnerName}</Link>
    {item.account === null ? null : (
      <Small>
        {item.holder} · {item.account}
      </Small>
    )}
    {item.formerAccount === null ? null : <FormerAccount account={item.formerAccount} />}
  </>
);

export const Outcome = ({ item }: { item: PayoutItem }) => (
  <>
    <Word group="payout_item_state" value={item.state} />
    {item.outcomeReason ? <Small>{item.outcomeReason}</Small> : null}
  </>
);

export const BankSays = ({ item }: { item: PayoutItem }) => (
  <>
    {item.bankRef ?? '–'}
    {item.bookedOn ? (
      <Small>
        <DateOnly value={item.bookedOn} />
      </Small>
    ) : null}
  </>
);

const COLUMNS: PlainColumn<PayoutItem>[] = [
  { label: 'commission.partner', cell: (item) => <Payee item={item} /> },
  {
    label: 'why.statement',
    cell: (item) => (
      <Link to={`/statements/${item.statementId}/show`}>
        <Period value={item.period} />
      </Link>
    ),
  },
  { label: 'payout.state', cell: (item) => <Outcome item={item} /> },
  { label: 'payout.bank_ref', cell: (item) => <BankSays item={item} /> },
  { label: 'payout.gross', right: true, cell: (item) => <Money minor={item.grossMinor} currency={item.currency} /> },
  { label: 'payout.tax', right: true, cell: (item) => <Money minor={item.taxMinor} currency={item.currency} /> },
  {
    label: 'payout.amount',
    right: true,
    cell: (item) => <Money minor={item.amountMinor} currency={item.currency} strong />,
  },
  { label: 'payout.todo', cell: (item) => <ItemResolution item={item} /> },
];

/** The payments of a batch, all of them or those of one state. */
export const PayoutItems = ({ payout }: { payout: PayoutDetail }) => {
  const translate = useTranslate();
  const locale = useLocale();
  const [state, setState] = useState<string | null>(null);
  const [changed, setChanged] = useState(false);
  return (
    <>
      <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap', mb: 1 }}>
        {payout.byState.map((group) => (
          <Chip
            key={group.state}
            variant={state === group.state ? 'filled' : 'outlined'}
            color={state === group.state ? 'primary' : 'default'}
            onClick={() => setState(state === group.state ? null : group.state)}
            label={
              <>
                {translate(`words.payout_item_state.${group.state}`)} {formatCount(group.items, locale)} ·{' '}
                <Money minor={group.amountMinor} currency={payout.currency} />
              </>
            }
          />
        ))}
        {payout.payeeChanged > 0 ? (
          <Chip
            variant={changed ? 'filled' : 'outlined'}
            color="warning"
            onClick={() => setChanged(!changed)}
            label={translate('payout.payee_changed_only', { items: formatCount(payout.payeeChanged, locale) })}
          />
        ) : null}
      </Box>
      <MoreRows<PayoutItem>
        path="payout-items"
        filter={{ payoutId: payout.id, state, payeeChanged: changed ? true : null }}
        none="list.no_match"
      >
        {(items) => <PlainTable<PayoutItem> rows={items} keyOf={(item) => item.id} columns={COLUMNS} />}
      </MoreRows>
    </>
  );
};
