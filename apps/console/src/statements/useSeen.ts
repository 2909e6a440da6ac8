import { useEffect } from 'react';
import { isOwn, mayDo } from '../providers/access';
import { brandPath } from '../providers/dataProvider';
import { sendJson } from '../providers/http';
import type { StatementRow } from '../providers/rows';

/** Tells that the partner has looked at its statement, the first time. Not worth an error: the next look tells it again. */
export function useSeen({ id, partnerId, seenAt }: StatementRow): void {
  useEffect(() => {
    if (seenAt !== null || !isOwn(partnerId) || !mayDo('statements', 'confirm')) return;
    void brandPath('distribution', `statements/${id}/seen`)
      .then((path) => sendJson('POST', path, {}))
      .catch(() => undefined);
  }, [id, partnerId, seenAt]);
}
