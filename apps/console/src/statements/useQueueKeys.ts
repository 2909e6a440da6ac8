import { useEffect, useState } from 'react';
import { useRedirect } from 'react-admin';
import type { StatementRow } from '../providers/rows';
import type { Pending } from './DecisionDialog';
import { decisionsFor } from './decisions';

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));

/** j and k walk the queue, a accepts, r rejects, o opens. Returns the place in the queue, -1 before the first key. */
export function useQueueKeys(rows: readonly StatementRow[], busy: boolean, ask: (pending: Pending) => void): number {
  const redirect = useRedirect();
  const [at, setAt] = useState(-1);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (busy || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
      if (event.key === 'j') setAt((old) => Math.min(old + 1, rows.length - 1));
      if (event.key === 'k') setAt((old) => Math.max(old - 1, 0));
      const row = rows[at];
      if (!row) return;
      const allowed = decisionsFor(row);
      if (event.key === 'o') redirect(`/statements/${row.id}/show`);
      if (event.key === 'a' && allowed[0]) ask({ decision: allowed[0], rows: [row] });
      if (event.key === 'r' && allowed.includes('reject')) {
        event.preventDefault();
        ask({ decision: 'reject', rows: [row] });
      }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [rows, at, busy, ask, redirect]);

  useEffect(() => {
    const id = rows[at]?.id;
    if (id) document.getElementById(`statement-${id}`)?.scrollIntoView({ block: 'nearest' });
  }, [rows, at]);

  return Math.min(at, rows.length - 1);
}
