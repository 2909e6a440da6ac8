import { Box, Typography } from '@mui/material';
import { useRecordContext, useTranslate } from 'react-admin';
import { Word } from '../fields/fields';
import { ActionButton } from '../pages/ActionButton';
import { ProposalButtons } from '../pages/ProposalButtons';
import { mayDo } from '../providers/access';
import type { HeldOrder } from '../providers/rows';

type Action = NonNullable<HeldOrder['proposal']>['action'];

/** Voiding ends any hold; only a budget can be waived. */
const actionsFor = ({ reason }: HeldOrder): Action[] => (reason === 'budget_exceeded' ? ['accept', 'void'] : ['void']);

const Proposal = ({ order, proposal }: { order: HeldOrder; proposal: NonNullable<HeldOrder['proposal']> }) => {
  const translate = useTranslate();
  return (
    <Box sx={{ minWidth: 220 }}>
      <Typography variant="body2" sx={{ mb: 0.5 }}>
        <Word plain group="held_action" value={proposal.action} />: {proposal.reason}
      </Typography>
      <ProposalButtons
        resource="held-orders"
        path={`held-orders/${order.id}/decide`}
        proposedBy={proposal.proposedBy}
        body={{ action: proposal.action }}
        approving={translate(`held.consequence.${proposal.action}`, { order: order.externalId })}
        refusing={translate('held.consequence.refuse', { order: order.externalId })}
      />
    </Box>
  );
};

/** Tries again, proposes an end of the hold, or decides on what was proposed. */
export const HeldOrderActions = () => {
  const translate = useTranslate();
  const order = useRecordContext<HeldOrder>();
  if (!order) return null;
  if (order.proposal) return <Proposal order={order} proposal={order.proposal} />;
  return (
    <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
      {mayDo('held-orders', 'retry') ? (
        <ActionButton
          label="held.retry"
          variant="outlined"
          consequence={translate('held.consequence.retry')}
          act={(reason) => ({ path: `held-orders/${order.id}/retry`, body: { reason }, done: 'held.retried' })}
        />
      ) : null}
      {mayDo('held-orders', 'propose')
        ? actionsFor(order).map((action) => (
            <ActionButton
              key={action}
              label={`held.propose.${action}`}
              consequence={`${translate(`held.consequence.${action}`, { order: order.externalId })} ${translate('proposal.somebody_else')}`}
              act={(reason) => ({ path: `held-orders/${order.id}/propose`, body: { action, reason }, done: 'proposal.made' })}
            />
          ))
        : null}
    </Box>
  );
};
