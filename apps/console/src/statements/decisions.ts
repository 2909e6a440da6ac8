import { useLocale, useNotify, useRefresh, useTranslate } from 'react-admin';
import { counted } from '../money/format';
import { useTellProblem } from '../problem/useTellProblem';
import { isMe, mayDo } from '../providers/access';
import { brandPath } from '../providers/dataProvider';
import { sendJson } from '../providers/http';
import type { StatementDecisionResult, StatementRow } from '../providers/rows';

export type Decision = 'submit' | 'approve' | 'reject';
/** The services take so many at once. */
const BATCH = 500;

/** Above the limit of the settings one approval is not enough. */
export const awaitsSecondApproval = ({ state, approvedBy }: StatementRow) => state === 'IN_REVIEW' && approvedBy !== null;

/** What may be decided about a statement by the person signed in; the service has the last word. */
export function decisionsFor(row: StatementRow): Decision[] {
  const free = row.voidProposedBy === null;
  if (row.state === 'DRAFT' && mayDo('statements', 'submit')) return free ? ['submit'] : [];
  if (row.state !== 'IN_REVIEW' || !mayDo('statements', 'approve') || isMe(row.submittedBy)) return [];
  const approvable = free && row.openFindings === 0 && !isMe(row.approvedBy);
  return approvable ? ['approve', 'reject'] : ['reject'];
}

type Seen = Pick<StatementRow, 'id' | 'fingerprint' | 'partnerName'>;
/** So many are named where some are refused. */
const NAMED = 5;

/** Sends a decision about exactly what was looked at: the fingerprint makes a statement that has changed since be refused. */
export function useDecide() {
  const notify = useNotify();
  const refresh = useRefresh();
  const locale = useLocale();
  const translate = useTranslate();
  const tellProblem = useTellProblem();
  return async (decision: Decision, rows: readonly Seen[], reason?: string): Promise<void> => {
    const items = rows.map(({ id, fingerprint }) => ({ statementId: id, fingerprint }));
    const refused: StatementDecisionResult['refused'] = [];
    let done = 0;
    try {
      for (let at = 0; at < items.length; at += BATCH) {
        const body = { items: items.slice(at, at + BATCH), ...(reason ? { reason } : {}) };
        const path = await brandPath('distribution', `statements/${decision}`);
        const result = await sendJson<StatementDecisionResult>('POST', path, body);
        done += result.done;
        refused.push(...result.refused);
      }
    } catch (error) {
      tellProblem(error);
    }
    if (done > 0) notify(`review.done.${decision}`, { type: 'success', messageArgs: counted(done, locale) });
    const [first] = refused;
    if (first) {
      const why = translate(`problem.${first.code}`, { _: first.message });
      const ids = new Set(refused.map(({ statementId }) => statementId));
      const names = rows.filter(({ id }) => ids.has(id)).map(({ partnerName }) => partnerName);
      const named = [...names.slice(0, NAMED), ...(names.length > NAMED ? ['…'] : [])].join(translate('list.separator'));
      const messageArgs = { ...counted(refused.length, locale), names: named, reason: why };
      notify('review.refused', { type: 'error', autoHideDuration: null, messageArgs });
    }
    refresh();
  };
}
