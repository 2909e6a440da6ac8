import { Alert, Button, LinearProgress } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { Instant, Word } from '../fields/fields';
import { EmptyState } from '../pages/EmptyState';
import { PageHead } from '../pages/PageHead';
import { Columns, Loaded, Section } from '../pages/Section';
import { useAct } from '../pages/useAct';
import { useBrandApi } from '../pages/useApi';
import { mayDo } from '../providers/access';
import type { ControlRun } from '../providers/rows';
import { ControlTable } from './ControlTable';
import { Differences } from './Differences';
import { HaltedAccounts } from './HaltedAccounts';

const POLL_MS = 2000;

const Outcome = ({ run }: { run: ControlRun }) => {
  const translate = useTranslate();
  const differing = run.controls.filter(({ mismatches }) => mismatches > 0).length;
  return (
    <Alert severity={differing > 0 ? 'error' : 'success'} sx={{ mt: 2 }} data-testid="outcome">
      {translate(differing > 0 ? 'control.differ' : 'control.agree', { smart_count: differing, controls: run.controls.length })}{' '}
      {translate('control.last')} <Instant value={run.checkedAt} /> (<Word plain group="control_occasion" value={run.occasion} />)
    </Alert>
  );
};

/** Whether the books contradict themselves: what the last check of each control found, and the accounts that stand still since. */
export const Controls = () => {
  const translate = useTranslate();
  const send = useAct();
  // What was known when a new check was asked for: it is done once something newer is known.
  const [asked, setAsked] = useState<{ before: string | null } | null>(null);
  const refetchInterval = (data: unknown) => (asked && (data as ControlRun | undefined)?.checkedAt === asked.before ? POLL_MS : false);
  const query = useBrandApi<ControlRun>('distribution', 'controls', { refetchInterval });
  const isChecking = asked !== null && query.data?.checkedAt === asked.before;
  const check = async () => {
    const before = query.data?.checkedAt ?? null;
    if (await send({ path: 'controls', body: {}, done: 'control.asked' })) setAsked({ before });
  };
  const button = mayDo('controls', 'run') ? (
    <Button variant="contained" disabled={isChecking || !query.data} onClick={() => void check()}>
      {translate('control.check')}
    </Button>
  ) : null;
  return (
    <>
      <PageHead title="control.title" intro="intro.controls">
        {button}
      </PageHead>
      {isChecking ? <LinearProgress aria-label={translate('control.checking')} sx={{ mt: 2 }} /> : null}
      <Loaded query={query}>
        {(run) =>
          run.checkedAt === null ? (
            <EmptyState name="controls" />
          ) : (
            <>
              <Outcome run={run} />
              <Columns template="minmax(0, 1fr)">
                {run.halted.length > 0 ? (
                  <Section title="control.halted">
                    <HaltedAccounts halted={run.halted} />
                  </Section>
                ) : null}
                {run.findings.length > 0 ? (
                  <Section title="control.differences">
                    <Differences run={run} />
                  </Section>
                ) : null}
                <Section title="control.each">
                  <ControlTable run={run} />
                </Section>
              </Columns>
            </>
          )
        }
      </Loaded>
    </>
  );
};
