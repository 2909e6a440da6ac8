import { Button } from '@mui/material';
import { useState } from 'react';
import { Link, useNotify, useRecordContext, useRefresh, useTranslate } from 'react-admin';
import { ChannelField, InstantField, PlainField, Word, WordField } from '../fields/fields';
import { ConsoleList } from '../pages/ConsoleList';
import { Column, Rows } from '../pages/Rows';
import { useTellProblem } from '../problem/useTellProblem';
import { mayDo } from '../providers/access';
import { brandPath } from '../providers/dataProvider';
import { sendJson } from '../providers/http';
import type { HeldOrder } from '../providers/rows';

const Retry = () => {
  const translate = useTranslate();
  const order = useRecordContext<HeldOrder>();
  const notify = useNotify();
  const refresh = useRefresh();
  const tellProblem = useTellProblem();
  const [busy, setBusy] = useState(false);
  if (!order || !mayDo('held-orders', 'retry')) return null;
  const retry = async () => {
    setBusy(true);
    try {
      await sendJson('POST', await brandPath('distribution', `held-orders/${order.id}/retry`), {});
      notify('held.retried', { type: 'info' });
      refresh();
    } catch (error) {
      tellProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button size="small" disabled={busy} onClick={() => void retry()}>
      {translate('held.retry')}
    </Button>
  );
};

const OrderLink = () => {
  const order = useRecordContext<HeldOrder>();
  return order ? <Link to={`/orders/${order.id}/show`}>{order.externalId}</Link> : null;
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
        primary: () => <OrderLink />,
        secondary: (row) => <Word plain group="held_reason" value={row.reason} />,
        tertiary: () => <Retry />,
      }}
    >
      <Column source="externalId" field={OrderLink} />
      <Column source="channel" field={ChannelField} />
      <Column source="occurredAt" field={InstantField} />
      <Column source="reason">
        <WordField source="reason" group="held_reason" />
      </Column>
      <Column source="detail" field={PlainField} />
      <Column label="held.what_to_do" field={Remedy} />
      <Column label="" field={Retry} />
    </Rows>
  </ConsoleList>
);
