import { useNotify, useRefresh, useTranslate } from 'react-admin';
import { useTellProblem } from '../problem/useTellProblem';
import { mayDo } from '../providers/access';
import { brandPath } from '../providers/dataProvider';
import { sendJson } from '../providers/http';
import type { StatementDecisionResult, StatementRow } from '../providers/rows';

export type Decision = 'submit' | 'approve' | 'reject';
/** The services take so many at once. */
const BATCH = 500;

/** What may be decided about a statement by the person signed in; the service has the last word. */
export function decisionsFor(row: StatementRow): Decision[] {
  if (row.state === 'DRAFT' && mayDo('statements', 'submit')) return ['submit'];
  if (row.state === 'IN_REVIEW' && mayDo('statements', 'approve')) return ['approve', 'reject'];
  return [];
}

/** Sends a decision about exactly what was looked at: the fingerprint makes a statement that has changed since be refused. */
export function useDecide() {
  const notify = useNotify();
  const refresh = useRefresh();
  const translate = useTranslate();
  const tellProblem = useTellProblem();
  return async (decision: Decision, rows: readonly StatementRow[], reason?: string): Promise<void> => {
    const items = rows.map(({ id, fingerprint }) => ({ statementId: id, fingerprint }));
    try {
      for (let at = 0; at < items.length; at += BATCH) {
        const body = { items: items.slice(at, at + BATCH), ...(reason ? { reason } : {}) };
        const path = await brandPath('distribution', `statements/${decision}`);
        const result = await sendJson<StatementDecisionResult>('POST', path, body);
        if (result.done > 0)
          notify(`review.done.${decision}`, { type: 'success', messageArgs: { smart_count: result.done } });
        const refused = result.refused[0];
        if (refused) {
          const reason = translate(`problem.${refused.code}`, { _: refused.message });
          const messageArgs = { smart_count: result.refused.length, reason };
          notify(`review.refused`, { type: 'error', autoHideDuration: null, messageArgs });
        }
      }
    } catch (error) {
      tellProblem(error);
    }
    refresh();
  };
}
