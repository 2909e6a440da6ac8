import { Button } from '@mui/material';
import { useState } from 'react';
import { useListContext, useLocale, useTranslate } from 'react-admin';
import { counted } from '../money/format';
import { ReasonDialog } from '../pages/ReasonDialog';
import { useBrandApi } from '../pages/useApi';
import { useTellProblem } from '../problem/useTellProblem';
import { mayDo } from '../providers/access';
import { brandPath, queryOf } from '../providers/dataProvider';
import { getJson } from '../providers/http';
import type { StatementRow, StatementTotals } from '../providers/rows';
import { useDecide, type Decision } from './decisions';
import { effectOfTotals } from './effect';
import { EffectPreview } from './EffectPreview';

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

const useTotals = (filter: Record<string, unknown>, outcome: string, enabled: boolean) =>
  useBrandApi<Page>('distribution', `statements?${queryOf({ ...filter, outcome, limit: 1 })}`, { enabled }).data?.totals;

/** Submits or approves at once what nothing unusual was found about, after showing what that comes to. */
export const BulkUnexceptional = () => {
  const translate = useTranslate();
  const locale = useLocale();
  const decide = useDecide();
  const tellProblem = useTellProblem();
  const { filterValues } = useListContext<StatementRow>();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const own = mine();
  const { outcome: _outcome, ...others } = filterValues;
  const filter = { ...others, state: own?.state, exceptional: 'false' };
  const pay = useTotals(filter, 'pay', own !== null);
  const carry = useTotals(filter, 'carry', own !== null);
  const effects = effectOfTotals(pay ?? [], carry ?? []);
  const count = effects.reduce((sum, effect) => sum + effect.pay.statements + effect.carry.statements, 0);
  if (own === null || count === 0) return null;
  const go = async () => {
    setAsking(false);
    setBusy(true);
    try {
      await decide(own.decision, await everyOne(filter));
    } catch (error) {
      tellProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button variant="contained" disabled={busy} onClick={() => setAsking(true)}>
        {translate(`review.unexceptional.${own.decision}`, counted(count, locale))}
      </Button>
      <ReasonDialog
        open={asking}
        withoutReason
        title={`review.${own.decision}`}
        consequence={translate(`review.consequence.${own.decision}`, counted(count, locale))}
        action={`review.${own.decision}`}
        onCancel={() => setAsking(false)}
        onReason={() => void go()}
      >
        <EffectPreview effects={effects} />
      </ReasonDialog>
    </>
  );
};
