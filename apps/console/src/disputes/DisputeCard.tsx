import { Box, Card, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { WhyButton } from '../commission/WhyButton';
import { Instant, Money, Word } from '../fields/fields';
import { Who } from '../fields/Who';
import { useBrandApi } from '../pages/useApi';
import type { DisputeRow, WhyStatement } from '../providers/rows';
import { DisputeActions } from './DisputeActions';
import { documentName } from './document-name';

/** The adjustment that is disputed, and what it came to. */
const Disputed = ({ statementId, adjustmentId }: { statementId: string; adjustmentId: string }) => {
  const translate = useTranslate();
  const { data: why } = useBrandApi<WhyStatement>('distribution', `statements/${statementId}/why`);
  const booked = why?.adjustments.find(({ id }) => id === adjustmentId);
  if (!why || !booked) return null;
  return (
    <>
      {documentName(booked, translate)} <Money minor={booked.amountMinor} currency={why.statement.currency} /> →{' '}
    </>
  );
};

/** What a partner does not agree with, how it is to be settled, and what became of it. */
export const DisputeCard = ({ dispute }: { dispute: DisputeRow }) => {
  const translate = useTranslate();
  const { currency } = dispute;
  return (
    <Card sx={{ p: 2, boxShadow: 'none' }} component="article">
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
        <Word group="dispute_state" value={dispute.state} />
        <Typography variant="body2" color="textSecondary">
          <Instant value={dispute.openedAt} />
        </Typography>
      </Box>
      <Typography sx={{ mt: 1, overflowWrap: 'anywhere' }}>{dispute.reason}</Typography>
      <Box component="ul" sx={{ my: 1, pl: 2.5 }}>
        {dispute.items.map((item) => (
          <li key={item.lineId ?? item.adjustmentId}>
            {item.adjustmentId ? <Disputed statementId={dispute.statementId} adjustmentId={item.adjustmentId} /> : null}
            {translate('dispute.claimed')} <Money minor={item.claimedMinor} currency={currency} strong />
            {item.lineId ? <WhyButton lineId={item.lineId} /> : null}
          </li>
        ))}
      </Box>
      {dispute.resolution ? (
        <Typography variant="body2" sx={{ mb: 1 }}>
          <Word plain group="dispute_resolution" value={dispute.resolution} />{' '}
          {dispute.amountMinor === null ? null : <Money minor={dispute.amountMinor} currency={currency} strong />} ·{' '}
          <Who id={dispute.proposedBy} />: {dispute.proposalReason}
        </Typography>
      ) : null}
      {dispute.decisionReason ? (
        <Typography variant="body2" color="textSecondary" sx={{ mb: 1 }}>
          <Who id={dispute.decidedBy} />: {dispute.decisionReason}
        </Typography>
      ) : null}
      <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
        <DisputeActions dispute={dispute} />
      </Box>
    </Card>
  );
};
