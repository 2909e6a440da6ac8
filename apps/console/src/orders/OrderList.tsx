import { orderStatus, type OrderRow } from '@concentric/contracts';
import { DateInput, SelectInput, TextInput } from 'react-admin';
import { ChannelField, InstantField, Money, MoneyField, OpeningField, PlainField, Word, WordField } from '../fields/fields';
import { Search } from '../pages/Search';
import { ConsoleList } from '../pages/ConsoleList';
import { decimal } from '../pages/csv';
import type { ExportColumn } from '../pages/export';
import { Column, Figures, Rows } from '../pages/Rows';
import { isPartner } from '../providers/access';
import { useChannelChoices, useWordChoices } from '../pages/choices';

const useOrderFilters = () => {
  const channels = useChannelChoices();
  const states = useWordChoices('order_status', orderStatus.options);
  return [
    <Search key="q" source="q" alwaysOn hint="resources.orders.search" />,
    <SelectInput key="channel" source="channel" choices={channels} alwaysOn />,
    <SelectInput key="status" source="status" choices={states} />,
    <DateInput key="from" source="from" />,
    <DateInput key="to" source="to" />,
    <TextInput key="storeCode" source="storeCode" />,
  ];
};

const EXPORTED: ExportColumn<OrderRow>[] = [
  { label: 'resources.orders.fields.externalId', value: (row) => row.externalId },
  { label: 'resources.orders.fields.placedAt', value: (row, { moment }) => moment(row.placedAt) },
  { label: 'resources.orders.fields.channel', value: (row, { channel }) => channel(row.channel) },
  { label: 'resources.orders.fields.storeCode', value: (row) => row.storeCode },
  { label: 'resources.orders.fields.status', value: (row, { word }) => word('order_status', row.status) },
  { label: 'list.currency', value: (row) => row.currency },
  { label: 'resources.orders.fields.netMinor', value: (row) => decimal(row.netMinor, row.currency) },
  { label: 'resources.orders.fields.refundedMinor', value: (row) => decimal(row.refundedMinor, row.currency) },
];

export const OrderList = () => (
  <ConsoleList
    filters={useOrderFilters()}
    sort={{ field: 'placedAt', order: 'DESC' }}
    emptyName="orders"
    exported={EXPORTED}
    begin={{ label: 'imports.begin', to: '/imports/create', resource: 'imports', action: 'create' }}
  >
    <Rows<OrderRow & { id: string }>
      rowClick="show"
      phone={{
        primary: (row) => row.externalId,
        secondary: (row) => <Word group="order_status" plain value={row.status} />,
        tertiary: (row) => <Money minor={row.netMinor} currency={row.currency} />,
      }}
    >
      <Column source="externalId" sortable field={OpeningField} />
      <Column source="placedAt" sortable field={InstantField} />
      <Column source="channel" field={ChannelField} />
      <Column source="storeCode" field={PlainField} />
      <Column source="status">
        <WordField source="status" group="order_status" />
      </Column>
      <Figures source="netMinor" sortable={!isPartner()} field={MoneyField} />
      <Figures source="refundedMinor" field={MoneyField} />
    </Rows>
  </ConsoleList>
);
