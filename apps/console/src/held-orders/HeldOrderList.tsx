import { useRecordContext, useTranslate } from 'react-admin';
import { ChannelField, InstantField, Word, WordField } from '../fields/fields';
import { OrderLink } from '../orders/OrderLink';
import { ConsoleList } from '../pages/ConsoleList';
import { Column, Rows } from '../pages/Rows';
import type { HeldOrder } from '../providers/rows';
import { HeldDetail } from './HeldDetail';
import { HeldOrderActions } from './HeldOrderActions';

const Order = () => {
  const order = useRecordContext<HeldOrder>();
  return order ? <OrderLink id={order.id}>{order.externalId}</OrderLink> : null;
};

const Remedy = () => {
  const translate = useTranslate();
  const order = useRecordContext<HeldOrder>();
  return <>{order ? translate(`held.remedy.${order.reason}`) : null}</>;
};

export const HeldOrderList = () => (
  <ConsoleList emptyName="held" intro="intro.held" sort={{ field: 'id', order: 'ASC' }}>
    <Rows<HeldOrder>
      rowClick={false}
      phone={{
        primary: () => <Order />,
        secondary: (row) => <Word plain group="held_reason" value={row.reason} />,
        tertiary: () => <HeldOrderActions />,
      }}
    >
      <Column source="externalId" field={Order} sx={{ whiteSpace: 'nowrap' }} />
      <Column source="channel" field={ChannelField} />
      <Column source="occurredAt" field={InstantField} />
      <Column source="reason">
        <WordField source="reason" group="held_reason" />
      </Column>
      <Column source="detail" field={HeldDetail} />
      <Column label="held.what_to_do" field={Remedy} />
      <Column label="list.actions" field={HeldOrderActions} />
    </Rows>
  </ConsoleList>
);
