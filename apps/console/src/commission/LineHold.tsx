import { Alert } from '@mui/material';
import { useTranslate } from 'react-admin';
import { ActionButton } from '../pages/ActionButton';
import { mayDo } from '../providers/access';
import type { CommissionLine } from '../providers/rows';

/** Keeps a line from becoming payable while somebody looks into it, or lets it go again. */
export const LineHold = ({ line }: { line: CommissionLine }) => {
  const translate = useTranslate();
  const isHeld = line.holdReason !== null;
  const mayChange = mayDo('commission-lines', 'hold') && line.kind === 'EARN' && line.state === 'ACCRUED';
  if (!isHeld && !mayChange) return null;
  const button = mayChange ? (
    <ActionButton
      label={isHeld ? 'line_hold.release' : 'line_hold.hold'}
      variant="outlined"
      consequence={translate(isHeld ? 'line_hold.consequence.release' : 'line_hold.consequence.hold')}
      act={(reason) => ({
        path: `commission-lines/${line.id}/hold`,
        method: isHeld ? 'DELETE' : 'POST',
        body: { reason },
        done: isHeld ? 'line_hold.released' : 'line_hold.held',
      })}
    />
  ) : undefined;
  return isHeld ? (
    <Alert severity="warning" action={button} sx={{ mb: 1 }}>
      {translate('line_hold.because', { reason: line.holdReason })}
    </Alert>
  ) : (
    button
  );
};
