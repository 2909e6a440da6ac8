import { useNotify, useRefresh, useTranslate } from 'react-admin';
import { ReasonDialog } from '../pages/ReasonDialog';
import { useTellProblem } from '../problem/useTellProblem';
import { brandPath } from '../providers/dataProvider';
import { getJson, sendJson } from '../providers/http';
import type { FindingRow, StatementRow } from '../providers/rows';

/** Accepts everything unusual that is still open about the statement in hand, with one reason. */
export const AcceptDialog = ({ statement, onDone }: { statement: StatementRow | null; onDone: () => void }) => {
  const translate = useTranslate();
  const notify = useNotify();
  const refresh = useRefresh();
  const tellProblem = useTellProblem();
  const accept = async (reason: string) => {
    if (!statement) return;
    onDone();
    try {
      const open = await brandPath('distribution', `findings?statementId=${statement.id}&state=OPEN&limit=100`);
      const { data } = await getJson<{ data: FindingRow[] }>(open);
      for (const finding of data) {
        await sendJson('POST', await brandPath('distribution', `findings/${finding.id}/accept`), { reason });
      }
      notify('finding.accepted', { type: 'success' });
    } catch (error) {
      tellProblem(error);
    }
    refresh();
  };
  return (
    <ReasonDialog
      open={statement !== null}
      title="finding.accept"
      consequence={translate('finding.consequence_all', { smart_count: statement?.openFindings ?? 0 })}
      action="finding.accept"
      minLength={3}
      onCancel={onDone}
      onReason={(reason) => void accept(reason)}
    />
  );
};
