import type { AuditRow } from '@concentric/contracts';
import { Box, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslate } from 'react-admin';
import { Instant, Word } from '../fields/fields';
import { Who } from '../fields/Who';
import { MoreRows } from '../pages/MoreRows';
import { mayDo } from '../providers/access';
import { useReason } from './reason';

/** Which closed list of words names the states of what the log tells about. */
const STATES: Record<string, string> = {
  accounting_period: 'period_state',
  adjustment: 'adjustment_state',
  bank_line: 'bank_line_state',
  dispute: 'dispute_state',
  payee: 'payee_state',
  payout: 'payout_state',
  payout_item: 'payout_item_state',
  recalculation: 'recalculation_state',
  statement: 'statement_state',
  withholding_rule: 'rule_state',
};
/** Whatever is no operator acted by itself. */
const OPERATOR = /^[0-9a-f]{8}-/;

export interface AuditTimelineProps {
  entityType: string;
  entityId: string;
  /** What an entry changed, where that is worth reading. */
  detail?: (row: AuditRow) => ReactNode;
}

const Entry = ({ row, detail }: { row: AuditRow; detail?: AuditTimelineProps['detail'] }) => {
  const translate = useTranslate();
  const reason = useReason();
  const states = STATES[row.entityType];
  return (
    <Box component="li" sx={{ borderLeft: 2, borderColor: 'divider', pl: 2, pb: 2, position: 'relative', '&:last-child': { pb: 0 } }}>
      <Box
        aria-hidden
        sx={{ position: 'absolute', left: -6, top: 7, width: 10, height: 10, borderRadius: '50%', bgcolor: 'primary.main' }}
      />
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
        <Typography component="span" variant="subtitle2">
          {translate(`audit.action.${row.action}`, { _: row.action })}
        </Typography>
        {states && row.to ? <Word group={states} value={row.to} /> : null}
      </Box>
      <Typography variant="body2" color="textSecondary">
        {OPERATOR.test(row.actorId) ? <Who id={row.actorId} /> : translate('audit.by_itself')} · <Instant value={row.at} />
      </Typography>
      {row.reason ? (
        <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>
          {translate('audit.reason', { reason: reason(row.reason) })}
        </Typography>
      ) : null}
      {detail?.(row)}
    </Box>
  );
};

/** What was done to something, newest first: what, by whom, when and with which reason. */
export const AuditTimeline = ({ entityType, entityId, detail }: AuditTimelineProps) => {
  if (!mayDo('audit', 'read')) return null;
  return (
    <MoreRows<AuditRow> path="audit" filter={{ entityType, entityId }} none="audit.none">
      {(rows) => (
        <Box component="ol" sx={{ listStyle: 'none', m: 0, p: 0, pl: 0.75 }} data-testid="audit">
          {rows.map((row) => (
            <Entry key={row.id} row={row} detail={detail} />
          ))}
        </Box>
      )}
    </MoreRows>
  );
};
