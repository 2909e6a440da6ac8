import { payoutItemState, payoutItemWait } from '@concentric/contracts';
import type { ReactNode } from 'react';
import { Link, SelectInput, useRecordContext } from 'react-admin';
import { Money, MoneyField, Period, Word } from '../fields/fields';
import { useWordChoices } from '../pages/choices';
import { ConsoleList } from '../pages/ConsoleList';
import { Column, Figures, Rows } from '../pages/Rows';
import { PartnerFilter } from '../partners/PartnerFilter';
import { mayDo } from '../providers/access';
import type { PayoutItem } from '../providers/rows';
import { ItemResolution } from './ItemResolution';
import { BankSays, Outcome, Payee } from './PayoutItems';

const Of = ({ cell: Cell }: { cell: (props: { item: PayoutItem }) => ReactNode }) => {
  const item = useRecordContext<PayoutItem>();
  return item ? <Cell item={item} /> : null;
};

const ToStatement = ({ item }: { item: PayoutItem }) => (
  <Link to={`/statements/${item.statementId}/show`}>
    <Period value={item.period} />
  </Link>
);

const ToBatch = ({ item }: { item: PayoutItem }) => {
  const state = <Word plain group="payout_state" value={item.payoutState} />;
  return mayDo('payouts', 'read') ? <Link to={`/payouts/${item.payoutId}/show`}>{state}</Link> : state;
};

/** Every payment of every batch; the work lists of the treasury lead to those that wait for something. */
export const PayoutItemList = () => (
  <ConsoleList
    filters={[
      <SelectInput key="waitsFor" source="waitsFor" choices={useWordChoices('payout_item_wait', payoutItemWait.options)} alwaysOn />,
      <SelectInput key="state" source="state" choices={useWordChoices('payout_item_state', payoutItemState.options)} alwaysOn />,
      <PartnerFilter key="partnerId" source="partnerId" />,
    ]}
    sort={{ field: 'id', order: 'DESC' }}
    emptyName="payout_items"
    intro="intro.payout_items"
  >
    <Rows<PayoutItem>
      rowClick={false}
      phone={{
        primary: (item) => item.partnerName,
        secondary: (item) => <Word plain group="payout_item_state" value={item.state} />,
        tertiary: (item) => <Money minor={item.amountMinor} currency={item.currency} strong />,
      }}
    >
      <Column source="partnerId">
        <Of cell={Payee} />
      </Column>
      <Column source="period">
        <Of cell={ToStatement} />
      </Column>
      <Column source="payoutState">
        <Of cell={ToBatch} />
      </Column>
      <Column source="state">
        <Of cell={Outcome} />
      </Column>
      <Column source="bankRef">
        <Of cell={BankSays} />
      </Column>
      <Figures source="amountMinor" field={MoneyField} />
      <Column label="list.actions">
        <Of cell={ItemResolution} />
      </Column>
    </Rows>
  </ConsoleList>
);
