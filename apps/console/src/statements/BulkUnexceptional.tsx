import { Button } from '@mui/material';
import { useEffect, useState } from 'react';
import { useListContext, useLocale, useNotify, useTranslate } from 'react-admin';
import { counted } from '../money/format';
import { useBrandApi } from '../pages/useApi';
import { useTellProblem } from '../problem/useTellProblem';
import { mayDo } from '../providers/access';
import { brandPath, queryOf } from '../providers/dataProvider';
import { getJson } from '../providers/http';
import type { StatementRow, StatementTotals } from '../providers/rows';
import { DecisionDialog, type Pending } from './DecisionDialog';
import { decisionsFor, type Decision } from './decisions';

interface Page {
  data: StatementRow[];
  totals: StatementTotals[];
  pageInfo: { nextCursor: string | null };
}

/** What each of the two does in bulk, to statements of which state. */
const mine = (): { decision: Decision; state: string } | null => {
  if (mayDo('statements', 'approve')) return { decision: 'approve', state: 'IN_REVIEW' };
  return mayDo('statements', 'submit') ? { decision: 'submit', state: 'DRAFT' } : null;
};

async function everyOne(filter: Record<string, unknown>): Promise<StatementRow[]> {
  const rows: StatementRow[] = [];
  let cursor: string | null = null;
  do {
    const path: string = await brandPath('distribution', `statements?${queryOf({ ...filter, limit: 500, cursor })}`);
    const page: Page = await getJson<Page>(path);
    rows.push(...page.data);
    cursor = page.pageInfo.nextCursor;
  } while (cursor);
  return rows;
}

/**
 * Submits or approves at once what nothing unusual was found about. The rows are read before the question is asked, it
 * names their sums, and the answer is about these rows alone: what comes into review meanwhile waits for the next time.
 * What a checker has sent back is left out, because its reason wants to be read: how many drafts are submitted is known,
 * and said, only when they have been read.
 */
export const BulkUnexceptional = () => {
  const translate = useTranslate();
  const locale = useLocale();
  const notify = useNotify();
  const tellProblem = useTellProblem();
  const { filterValues, data: listed } = useListContext<StatementRow>();
  const [pending, setPending] = useState<Pending | null>(null);
  const [busy, setBusy] = useState(false);
  const own = mine();
  const isAsked = own !== null;
  const filter = { ...filterValues, state: own?.state, exceptional: 'false' };
  const { data, refetch } = useBrandApi<Page>('distribution', `statements?${queryOf({ ...filter, limit: 1 })}`, { enabled: isAsked });
  // Whatever has made the list another one may have changed what is counted beside it.
  useEffect(() => {
    if (isAsked) void refetch();
  }, [listed, isAsked, refetch]);
  const count = (data?.totals ?? []).reduce((sum, { statements }) => sum + statements, 0);
  if (own === null || (count === 0 && pending === null)) return null;
  const ask = async () => {
    setBusy(true);
    try {
      const mayBe = (await everyOne(filter)).filter((row) => decisionsFor(row).includes(own.decision));
      const rows = mayBe.filter((row) => row.rejectedReason === null);
      const leftOut = mayBe.length - rows.length;
      if (rows.length > 0) setPending({ decision: own.decision, rows, leftOut });
      else if (leftOut > 0) notify('review.left_out', { type: 'warning', messageArgs: counted(leftOut, locale) });
      else notify('review.unexceptional.none', { type: 'info' });
    } catch (error) {
      tellProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button variant="contained" disabled={busy} onClick={() => void ask()}>
        {translate(`review.unexceptional.${own.decision}`, counted(count, locale))}
      </Button>
      <DecisionDialog pending={pending} onDone={() => setPending(null)} />
    </>
  );
};
