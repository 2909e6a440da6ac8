import { Box, Typography } from '@mui/material';
import { useRecordContext, useTranslate } from 'react-admin';
import { ChannelField, InstantField, Money, MoneyField, Word, WordField } from '../fields/fields';
import { OrderLink } from '../orders/OrderLink';
import { ActionButton } from '../pages/ActionButton';
import { ConsoleList } from '../pages/ConsoleList';
import { ProposalButtons } from '../pages/ProposalButtons';
import { Column, Figures, Rows } from '../pages/Rows';
import { mayDo } from '../providers/access';
import type { HeldRefund } from '../providers/rows';

/** Its order may not have arrived: then there is nothing to lead to. */
const Order = () => {
  const refund = useRecordContext<HeldRefund>();
  return refund?.orderExternalId ? <OrderLink id={refund.orderId}>{refund.orderExternalId}</OrderLink> : <>–</>;
};

const Remedy = () => {
  const translate = useTranslate();
  const refund = useRecordContext<HeldRefund>();
  return <>{refund ? translate(`held.refund_remedy.${refund.reason}`) : null}</>;
};

const Proposal = ({ refund }: { refund: HeldRefund }) => {
  const translate = useTranslate();
  return (
    <Box sx={{ minWidth: 220 }}>
      <Typography variant="body2" sx={{ mb: 0.5 }}>
        <Word plain group="held_action" value="void" />: {refund.voidReason}
      </Typography>
      <ProposalButtons
        resource="held-refunds"
        path={`held-refunds/${refund.id}/void/decide`}
        proposedBy={refund.voidProposedBy}
        approving={translate('held.consequence.refund_void')}
        refusing={translate('held.consequence.refund_kept')}
      />
    </Box>
  );
};

/** What waits for its order is taken back by itself; more than was paid is tried again, or void by two people. */
const Actions = () => {
  const translate = useTranslate();
  const refund = useRecordContext<HeldRefund>();
  if (!refund || refund.reason === 'order_unknown') return null;
  if (refund.voidProposedBy !== null) return <Proposal refund={refund} />;
  return (
    <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
      {mayDo('held-refunds', 'retry') ? (
        <ActionButton
          label="held.retry"
          variant="outlined"
          consequence={translate('held.consequence.retry')}
          act={(reason) => ({ path: `held-refunds/${refund.id}/retry`, body: { reason }, done: 'held.refund_retried' })}
        />
      ) : null}
      {refund.reason === 'exceeds_paid' && mayDo('held-refunds', 'propose') ? (
        <ActionButton
          label="held.propose.void"
          consequence={`${translate('held.consequence.refund_void')} ${translate('proposal.somebody_else')}`}
          act={(reason) => ({ path: `held-refunds/${refund.id}/void`, body: { reason }, done: 'proposal.made' })}
        />
      ) : null}
    </Box>
  );
};

/** Refunds by which no commission has been taken back. */
export const HeldRefundList = () => (
  <ConsoleList emptyName="held_refunds" intro="intro.held_refunds" sort={{ field: 'occurredAt', order: 'ASC' }}>
    <Rows<HeldRefund>
      rowClick={false}
      phone={{
        primary: () => <Order />,
        secondary: (row) => (
          <>
            <Word plain group="refund_hold" value={row.reason} /> · <Money minor={row.amountMinor} currency={row.currency} />
          </>
        ),
        tertiary: () => <Actions />,
      }}
    >
      <Column source="orderExternalId" field={Order} />
      <Column source="channel" field={ChannelField} />
      <Column source="occurredAt" sortable field={InstantField} />
      <Column source="reason">
        <WordField source="reason" group="refund_hold" />
      </Column>
      <Figures source="amountMinor" field={MoneyField} />
      <Column label="held.what_to_do" field={Remedy} />
      <Column label="list.actions" field={Actions} />
    </Rows>
  </ConsoleList>
);
