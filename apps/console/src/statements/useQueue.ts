import { useEffect, useState } from 'react';
import { useListContext, useRedirect } from 'react-admin';
import { useNavigationType } from 'react-router-dom';
import { mayDo } from '../providers/access';
import type { StatementRow } from '../providers/rows';
import { decisionsFor, type Decision } from './decisions';
import { placeOf, stepFrom, type Place } from './place';

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

/** An open list of choices, an open menu, a dialog. The menu of the console is one too, but always open and in front of nothing. */
const IN_FRONT = '[role=listbox], [role=presentation] [role=menu], [role=dialog]';

/** Is a key pressed here meant for what has the focus? A box that has just been ticked does nothing with letters. */
function isMeantForTarget(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement && target.type !== 'checkbox') return true;
  return target.isContentEditable || ['TEXTAREA', 'SELECT'].includes(target.tagName) || target.closest(IN_FRONT) !== null;
}

/** What may be done with the statement in hand, in the order of the keys. */
export function stepsFor(row: StatementRow): QueueStep[] {
  const accepts = (row.openFindings ?? 0) > 0 && mayDo('findings', 'accept');
  return ['next', 'previous', ...(accepts ? (['accept'] as const) : []), ...decisionsFor(row), 'why', 'open'];
}

/** Which statement was in hand when the list was left. */
let left: string | undefined;

interface Queue {
  /** Place of the statement in hand. */
  at: number;
  take: (step: QueueStep) => void;
}

/** Walks the statements from page to page and acts on the one in hand, by key or by button. */
export function useQueue(busy: boolean, onAct: (act: QueueAct, row: StatementRow) => void): Queue {
  const redirect = useRedirect();
  const { data: rows = [], page, setPage, hasNextPage, hasPreviousPage, isPlaceholderData } = useListContext<StatementRow>();
  const isBack = useNavigationType() === 'POP';
  const [place, setPlace] = useState<Place>({ id: isBack ? left : undefined, page: 0, at: 0 });
  const at = placeOf(rows, page, place);
  const row = rows[at];
  const id = row?.id;

  const walk = (step: 'next' | 'previous') => {
    const next = stepFrom(rows, at, step, { page, hasNextPage, hasPreviousPage });
    setPlace(next);
    if (next.page !== page) setPage(next.page);
  };
  const take = (step: QueueStep) => {
    // Rows of the page before stand there until those of this one have come.
    if (!row || isPlaceholderData || !stepsFor(row).includes(step)) return;
    if (step === 'next' || step === 'previous') walk(step);
    else if (step === 'open') redirect(`/statements/${row.id}/show`);
    else onAct(step, row);
  };

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (busy || event.ctrlKey || event.metaKey || event.altKey || isMeantForTarget(event.target)) return;
      const step = (Object.keys(QUEUE_KEYS) as QueueStep[]).find((name) => QUEUE_KEYS[name] === event.key);
      if (!step) return;
      // The key must not become the first letter of the reason.
      event.preventDefault();
      take(step);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  });

  useEffect(() => {
    if (!id || isPlaceholderData) return;
    left = id;
    setPlace({ id, page, at });
    if (at > 0) document.getElementById(`statement-${id}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, page, at, isPlaceholderData]);

  return { at, take };
}
