import { useCallback, useEffect, useState } from 'react';
import { useRedirect } from 'react-admin';
import { mayDo } from '../providers/access';
import type { StatementRow } from '../providers/rows';
import { decisionsFor, type Decision } from './decisions';

/** What is done to the statement in hand. */
export type QueueAct = Decision | 'accept' | 'why';
type QueueStep = QueueAct | 'next' | 'previous' | 'open';

/** One key each; they are shown beside what they do. */
export const QUEUE_KEYS: Record<QueueStep, string> = {
  next: 'j',
  previous: 'k',
  accept: 'a',
  submit: 's',
  approve: 'p',
  reject: 'r',
  why: 'w',
  open: 'o',
};

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));

/** What may be done with the statement in hand, in the order of the keys. */
export function stepsFor(row: StatementRow): QueueStep[] {
  const accepts = (row.openFindings ?? 0) > 0 && mayDo('findings', 'accept');
  return ['next', 'previous', ...(accepts ? (['accept'] as const) : []), ...decisionsFor(row), 'why', 'open'];
}

interface Queue {
  /** Place of the statement in hand. */
  at: number;
  take: (step: QueueStep) => void;
}

/** Walks the statements on the page and acts on the one in hand, by key or by button. */
export function useQueue(rows: readonly StatementRow[], busy: boolean, onAct: (act: QueueAct, row: StatementRow) => void): Queue {
  const redirect = useRedirect();
  const [wanted, setWanted] = useState(0);
  const at = Math.max(0, Math.min(wanted, rows.length - 1));
  const row = rows[at];

  const take = useCallback(
    (step: QueueStep) => {
      if (!row || !stepsFor(row).includes(step)) return;
      if (step === 'next') setWanted(Math.min(at + 1, rows.length - 1));
      else if (step === 'previous') setWanted(Math.max(at - 1, 0));
      else if (step === 'open') redirect(`/statements/${row.id}/show`);
      else onAct(step, row);
    },
    [row, rows.length, at, onAct, redirect],
  );

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (busy || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
      const step = (Object.keys(QUEUE_KEYS) as QueueStep[]).find((name) => QUEUE_KEYS[name] === event.key);
      if (!step) return;
      // The key must not become the first letter of the reason.
      event.preventDefault();
      take(step);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [busy, take]);

  const id = row?.id;
  useEffect(() => {
    if (id && wanted > 0) document.getElementById(`statement-${id}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, wanted]);

  return { at, take };
}
