import { useTranslate } from 'react-admin';
import { ReasonDialog } from '../pages/ReasonDialog';
import type { StatementRow } from '../providers/rows';
import { useDecide, type Decision } from './decisions';

export interface Pending {
  decision: Decision;
  rows: readonly StatementRow[];
}

const carried = (rows: readonly StatementRow[]) => rows.filter((row) => row.outcome === 'carry').length;

/** An approval makes payable only what is to be paid; what is carried forward must not be promised to anybody. */
function consequenceOf(decision: Decision, rows: readonly StatementRow[]): string {
  if (decision !== 'approve' || carried(rows) === 0) return decision;
  return carried(rows) === rows.length ? 'approve_carried' : 'approve_mixed';
}

/** Asks once, naming the consequence; a rejection also asks why. */
export const DecisionDialog = ({ pending, onDone }: { pending: Pending | null; onDone: () => void }) => {
  const translate = useTranslate();
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
      consequence={translate(`review.consequence.${consequenceOf(decision, rows)}`, {
        smart_count: rows.length,
        pay: rows.length - carried(rows),
        carry: carried(rows),
      })}
      action={`review.${decision}`}
      minLength={3}
      onCancel={onDone}
      onReason={confirm}
    />
  );
};
