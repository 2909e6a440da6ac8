import { Alert } from '@mui/material';
import { useLocale, useTranslate } from 'react-admin';
import { counted } from '../money/format';
import { ReasonDialog } from '../pages/ReasonDialog';
import type { StatementRow } from '../providers/rows';
import { useDecide, type Decision } from './decisions';
import { effectOf } from './effect';
import { EffectPreview } from './EffectPreview';

export interface Pending {
  decision: Decision;
  rows: readonly StatementRow[];
  /** How many were sent back and are not decided on together with others. */
  leftOut?: number;
}

/** Asks once, naming the consequence and what it comes to; a rejection also asks why. */
export const DecisionDialog = ({ pending, onDone }: { pending: Pending | null; onDone: () => void }) => {
  const translate = useTranslate();
  const locale = useLocale();
  const decide = useDecide();
  const decision = pending?.decision ?? 'submit';
  const rows = pending?.rows ?? [];
  const confirm = (reason: string) => {
    onDone();
    if (pending) void decide(decision, rows, decision === 'reject' ? reason : undefined);
  };
  return (
    <ReasonDialog
      open={pending !== null}
      withoutReason={decision !== 'reject'}
      title={`review.${decision}`}
      consequence={translate(`review.consequence.${decision}`, counted(rows.length, locale))}
      action={`review.${decision}`}
      minLength={3}
      onCancel={onDone}
      onReason={confirm}
    >
      <EffectPreview effects={effectOf(rows)} />
      {pending?.leftOut ? <Alert severity="warning">{translate('review.left_out', counted(pending.leftOut, locale))}</Alert> : null}
    </ReasonDialog>
  );
};
