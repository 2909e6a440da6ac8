import { payoutState } from '@concentric/contracts';
import { Button, Typography } from '@mui/material';
import { CreateButton, Link, SelectInput, useRecordContext, useTranslate } from 'react-admin';
import { CountField, Instant, Money, MoneyField, Word, WordField } from '../fields/fields';
import { Opening } from '../fields/Opening';
import { Who } from '../fields/Who';
import { useWordChoices } from '../pages/choices';
import { ConsoleList } from '../pages/ConsoleList';
import { decimal } from '../pages/csv';
import type { ExportColumn } from '../pages/export';
import { Column, Figures, Rows } from '../pages/Rows';
import { mayDo } from '../providers/access';
import type { PayoutRow } from '../providers/rows';

const EXPORTED: ExportColumn<PayoutRow>[] = [
  { label: 'payout.prepared_at', value: (row, { moment }) => moment(row.preparedAt) },
  { label: 'payout.note', value: (row) => row.note },
  { label: 'payout.state', value: (row, { word }) => word('payout_state', row.state) },
  { label: 'payout.items', value: (row) => row.items },
  { label: 'list.currency', value: (row) => row.currency },
  { label: 'payout.gross', value: (row) => decimal(row.grossMinor, row.currency) },
  { label: 'payout.tax', value: (row) => decimal(row.taxMinor, row.currency) },
  { label: 'payout.amount', value: (row) => decimal(row.amountMinor, row.currency) },
  { label: 'payout.released_at', value: (row, { moment }) => moment(row.releasedAt) },
];

const Prepared = () => {
  const row = useRecordContext<PayoutRow>();
  if (!row) return null;
  return (
    <>
      <Opening>
        <Instant value={row.preparedAt} />
      </Opening>
      <Typography variant="caption" color="textSecondary" component="div">
        {row.note || <Who id={row.preparedBy} />}
      </Typography>
    </>
  );
};

const AllPayments = () => (
  <Button component={Link} to="/payout-items" size="small">
    {useTranslate()('payout.payments_all')}
  </Button>
);

/** Batches by which partners are paid. */
export const PayoutList = () => (
  <ConsoleList
    filters={[<SelectInput key="state" source="state" choices={useWordChoices('payout_state', payoutState.options)} alwaysOn />]}
    sort={{ field: 'id', order: 'ASC' }}
    emptyName="payouts"
    intro="intro.payouts"
    begin={{ label: 'payout.prepare', to: '/payouts/create', resource: 'payouts', action: 'create' }}
    actions={
      <>
        <AllPayments />
        {mayDo('payouts', 'create') ? <CreateButton label="payout.prepare" /> : null}
      </>
    }
    exported={EXPORTED}
  >
    <Rows<PayoutRow>
      rowClick="show"
      phone={{
        primary: (row) => <Instant value={row.preparedAt} />,
        secondary: (row) => <Word plain group="payout_state" value={row.state} />,
        tertiary: (row) => <Money minor={row.amountMinor} currency={row.currency} strong />,
      }}
    >
      <Column source="preparedAt" field={Prepared} />
      <Column source="state">
        <WordField source="state" group="payout_state" />
      </Column>
      <Figures source="items" field={CountField} />
      <Figures source="grossMinor" field={MoneyField} />
      <Figures source="taxMinor" field={MoneyField} />
      <Figures source="amountMinor" field={MoneyField} />
    </Rows>
  </ConsoleList>
);
