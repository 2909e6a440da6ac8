import type { RefundRow } from '@concentric/contracts';
import { DateInput, SelectInput, useRecordContext, useTranslate } from 'react-admin';
import { ReasonField } from '../audit/ReasonField';
import { ChannelField, InstantField, Money, MoneyField, PlainField, Word, WordField } from '../fields/fields';
import { Search } from '../pages/Search';
import { useChannelChoices, useWordChoices } from '../pages/choices';
import { ConsoleList } from '../pages/ConsoleList';
import { Column, Figures, Rows } from '../pages/Rows';
import { isPartner } from '../providers/access';

const useRefundFilters = () => {
  const channels = useChannelChoices();
  const states = useWordChoices('refund_state', ['applied', 'waiting', 'held']);
  return [
    <Search key="q" source="q" alwaysOn hint="resources.refunds.search" />,
    <SelectInput key="state" source="state" choices={states} alwaysOn />,
    <SelectInput key="channel" source="channel" choices={channels} />,
    <DateInput key="from" source="from" />,
    <DateInput key="to" source="to" />,
  ];
};

const HoldReason = () => {
  const translate = useTranslate();
  const reason = useRecordContext<RefundRow & { id: string }>()?.holdReason;
  return <>{reason ? translate(`problem.${reason}`, { _: reason }) : '–'}</>;
};

/** A refund leads to its order; one that waits or is held has none yet. */
const toOrder = (_id: unknown, _resource: string, row: { orderId?: string | null }) =>
  row.orderId ? `/orders/${row.orderId}/show` : false;

export const RefundList = () => (
  <ConsoleList filters={useRefundFilters()} sort={{ field: 'occurredAt', order: 'DESC' }} emptyName="refunds">
    <Rows<RefundRow & { id: string }>
      rowClick={toOrder}
      phone={{
        primary: (row) => row.externalId,
        secondary: (row) => <Word group="refund_state" plain value={row.state} />,
        tertiary: (row) => <Money minor={row.refundedMinor} currency={row.currency} />,
      }}
    >
      <Column source="externalId" sortable />
      <Column source="orderExternalId" field={PlainField} />
      <Column source="occurredAt" sortable field={InstantField} />
      <Column source="channel" field={ChannelField} />
      <Column source="state">
        <WordField source="state" group="refund_state" />
      </Column>
      <Column source="holdReason">
        <HoldReason />
      </Column>
      <Column source="reason" field={ReasonField} />
      <Figures source="refundedMinor" sortable={!isPartner()} field={MoneyField} />
    </Rows>
  </ConsoleList>
);
