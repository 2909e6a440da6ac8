import { Alert, Box, Button, Card, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { Money, Period, Word } from '../fields/fields';
import { Findings } from '../findings/Findings';
import { Quiet } from '../pages/Section';
import { mayDo } from '../providers/access';
import type { StatementRow } from '../providers/rows';
import { useRemark } from './remark';
import { QUEUE_KEYS, stepsFor, type useQueue } from './useQueue';

const Key = ({ children }: { children: string }) => (
  <Box component="kbd" sx={{ ml: 1, px: 0.75, border: 1, borderColor: 'divider', borderRadius: 1, fontSize: '0.75rem', lineHeight: 1.5 }}>
    {children}
  </Box>
);

interface InHandProps {
  row: StatementRow;
  place: { at: number; of: number };
  take: ReturnType<typeof useQueue>['take'];
}

/** The statement in hand: what is unusual about it, and what may be done with it, each with its key. */
export const InHand = ({ row, place, take }: InHandProps) => {
  const translate = useTranslate();
  const remark = useRemark(row);
  return (
    <Card sx={{ p: 2, mb: 2, borderColor: 'primary.main' }} data-testid="in-hand">
      <Box sx={{ display: 'flex', gap: 2, justifyContent: 'space-between', flexWrap: 'wrap', mb: 1 }}>
        <Typography variant="subtitle2" component="h2">
          {row.partnerName} · <Period value={row.period} /> · <Word plain group="statement_state" value={row.state} /> ·{' '}
          <Money minor={row.netMinor} currency={row.currency} />
        </Typography>
        <Quiet>{translate('review.place', { at: place.at + 1, of: place.of })}</Quiet>
      </Box>
      {remark ? (
        <Alert severity="warning" sx={{ mb: 1 }}>
          {remark}
        </Alert>
      ) : null}
      {row.findings === null && row.state !== 'PARKED' ? <Quiet>{translate('finding.examining')}</Quiet> : null}
      {row.findings === 0 ? <Quiet>{translate('finding.none')}</Quiet> : null}
      {row.findings && mayDo('findings', 'read') ? <Findings statementId={row.id} /> : null}
      <Box sx={{ display: { xs: 'none', md: 'flex' }, gap: 1, flexWrap: 'wrap', mt: 1.5 }}>
        {stepsFor(row).map((step) => (
          <Button key={step} size="small" variant="outlined" color="inherit" onClick={() => take(step)}>
            {translate(`review.step.${step}`)}
            <Key>{QUEUE_KEYS[step]}</Key>
          </Button>
        ))}
      </Box>
    </Card>
  );
};
