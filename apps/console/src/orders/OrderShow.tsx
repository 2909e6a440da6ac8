import { useReason } from '../audit/reason';
import type { OrderDetail, OrderRow } from '@concentric/contracts';
import { LinearProgress } from '@mui/material';
import { Show, useRecordContext } from 'react-admin';
import { CommissionOfOrder } from '../commission/CommissionOfOrder';
import { Channel, Instant, Money, Word } from '../fields/fields';
import { Columns, Fact, Facts, Quiet, Section } from '../pages/Section';
import { PageHead } from '../pages/PageHead';
import { PlainTable, type PlainColumn } from '../pages/PlainTable';
import { ProblemAlert } from '../problem/ProblemAlert';
import { isPartner, mayDo } from '../providers/access';
import { useShowContext, useTranslate } from 'react-admin';

/** Coming from the list, its row is there before the detail: what only the detail has may still be missing. */
type Order = OrderRow & Partial<Pick<OrderDetail, 'lines' | 'refunds'>>;
type Line = OrderDetail['lines'][number];
type Refund = OrderDetail['refunds'][number];

/** What goods cost is the brand's own affair. */
const cost = (currency: string): PlainColumn<Line> => ({
  label: 'order.cost',
  right: true,
  cell: (line) => <Money minor={line.costMinor} currency={currency} />,
});

const Lines = ({ lines, currency }: { lines: readonly Line[]; currency: string }) => (
  <PlainTable<Line>
    rows={lines}
    keyOf={(line) => String(line.lineNo)}
    columns={[
      { label: 'order.line', cell: (line) => line.lineNo },
      { label: 'order.sku', cell: (line) => line.sku },
      { label: 'order.category', cell: (line) => line.category ?? '–' },
      { label: 'order.quantity', right: true, cell: (line) => line.quantity },
      { label: 'order.net', right: true, cell: (line) => <Money minor={line.netMinor} currency={currency} /> },
      ...(isPartner() ? [] : [cost(currency)]),
      {
        label: 'order.refunded',
        right: true,
        cell: (line) => <Money minor={line.refundedMinor} currency={currency} />,
      },
    ]}
  />
);

const Refunds = ({ refunds }: { refunds: readonly Refund[] }) => {
  const translate = useTranslate();
  const reason = useReason();
  if (refunds.length === 0) return <Quiet>{translate('order.no_refunds')}</Quiet>;
  return (
    <PlainTable<Refund>
      rows={refunds}
      keyOf={(refund) => refund.refundId}
      columns={[
        { label: 'order.refund', cell: (refund) => refund.externalId },
        { label: 'order.when', cell: (refund) => <Instant value={refund.occurredAt} /> },
        { label: 'order.state', cell: (refund) => <Word group="refund_state" value={refund.state} /> },
        { label: 'order.reason', cell: (refund) => reason(refund.reason ?? '') || '–' },
        {
          label: 'order.amount',
          right: true,
          cell: (refund) => <Money minor={refund.refundedMinor} currency={refund.currency} />,
        },
      ]}
    />
  );
};

const OrderBody = () => {
  const order = useRecordContext<Order & { id: string }>();
  const { error } = useShowContext();
  if (error) return <ProblemAlert error={error} />;
  if (!order) return null;
  return (
    <>
      <PageHead title={order.externalId}>
        <Word group="order_status" value={order.status} />
      </PageHead>
      <Columns template="minmax(0, 1fr)">
        <Section title="order.about">
          <Facts>
            <Fact label="order.net">
              <Money minor={order.netMinor} currency={order.currency} strong />
            </Fact>
            <Fact label="order.refunded">
              <Money minor={order.refundedMinor} currency={order.currency} />
            </Fact>
            <Fact label="order.placed">
              <Instant value={order.placedAt} />
            </Fact>
            <Fact label="order.channel">
              <Channel value={order.channel} />
            </Fact>
            <Fact label="order.store">{order.storeCode ?? '–'}</Fact>
            <Fact label="order.guide">{order.guideCode ?? '–'}</Fact>
            <Fact label="order.leader">{order.leaderCode ?? '–'}</Fact>
            <Fact label="order.touchpoint">{order.touchpoint ?? '–'}</Fact>
          </Facts>
        </Section>
        <Section title="order.lines">{order.lines ? <Lines lines={order.lines} currency={order.currency} /> : <LinearProgress />}</Section>
        {mayDo('commission-lines', 'read') ? (
          <Section title="order.commission">
            <CommissionOfOrder orderId={order.orderId} />
          </Section>
        ) : null}
        <Section title="order.refunds">{order.refunds ? <Refunds refunds={order.refunds} /> : <LinearProgress />}</Section>
      </Columns>
    </>
  );
};

export const OrderShow = () => (
  <Show component="div" actions={false} title={false}>
    <OrderBody />
  </Show>
);
