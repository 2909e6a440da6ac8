import { Box, Button, Card, Typography } from '@mui/material';
import { rateText } from '@concentric/money';
import { useState } from 'react';
import { CreateButton, Link, useListContext, useNotify, useRefresh, useTranslate } from 'react-admin';
import { Instant, Word } from '../fields/fields';
import { ConsoleList } from '../pages/ConsoleList';
import { ReasonDialog } from '../pages/ReasonDialog';
import { useTellProblem } from '../problem/useTellProblem';
import { mayDo } from '../providers/access';
import { useBrand } from '../providers/brand';
import { brandPath } from '../providers/dataProvider';
import { sendJson } from '../providers/http';
import type { PlanRow } from '../providers/rows';
import { readSession } from '../providers/session';
import { formOf } from './plan-form';
import { RuleText } from './RuleText';

const Activate = ({ plan }: { plan: PlanRow }) => {
  const translate = useTranslate();
  const notify = useNotify();
  const refresh = useRefresh();
  const tellProblem = useTellProblem();
  const [asking, setAsking] = useState(false);
  if (plan.state !== 'draft' || !mayDo('plans', 'activate')) return null;
  if (plan.authorId === readSession()?.operator.id) {
    return (
      <Typography variant="body2" color="textSecondary">
        {translate('plan.own')}
      </Typography>
    );
  }
  const activate = async () => {
    setAsking(false);
    try {
      await sendJson('POST', await brandPath('distribution', `plans/${plan.id}/activate`), {});
      notify('plan.activated', { type: 'success' });
      refresh();
    } catch (error) {
      tellProblem(error);
    }
  };
  return (
    <>
      <Button variant="contained" onClick={() => setAsking(true)}>
        {translate('plan.activate')}
      </Button>
      <ReasonDialog
        open={asking}
        withoutReason
        title="plan.activate"
        consequence={translate('plan.consequence', { name: plan.name })}
        action="plan.activate"
        onCancel={() => setAsking(false)}
        onReason={() => void activate()}
      />
    </>
  );
};

const Plan = ({ plan }: { plan: PlanRow }) => {
  const translate = useTranslate();
  const brand = useBrand();
  return (
    <Card component="article" sx={{ p: 3 }}>
      <Box sx={{ display: 'flex', gap: 2, justifyContent: 'space-between', flexWrap: 'wrap', alignItems: 'center' }}>
        <Typography variant="h6" component="h2">
          {plan.name} · {translate('why.version', { version: plan.version })}
        </Typography>
        <Box sx={{ display: 'flex', gap: 2, alignItems: 'center' }}>
          <Word group="plan_state" value={plan.state} />
          {mayDo('plans', 'create') ? (
            <Button component={Link} to="/plans/create" state={{ record: formOf(plan, brand?.currency ?? 'CNY') }}>
              {translate('plan.next_version')}
            </Button>
          ) : null}
          <Activate plan={plan} />
        </Box>
      </Box>
      <Typography variant="body2" color="textSecondary" sx={{ mb: 2 }}>
        {plan.code} · {translate('plan.valid')} <Instant value={plan.validFrom} />
        {plan.validTo ? (
          <>
            {' – '}
            <Instant value={plan.validTo} />
          </>
        ) : null}{' '}
        · {translate('plan.budget', { rate: rateText(plan.budgetPpm) })}
      </Typography>
      <Box component="ol" sx={{ m: 0, pl: 3, display: 'grid', gap: 1 }}>
        {plan.rules.map((rule) => (
          <li key={JSON.stringify(rule)}>
            <RuleText rule={rule} currency={brand?.currency ?? 'CNY'} />
          </li>
        ))}
      </Box>
    </Card>
  );
};

const Plans = () => {
  const { data } = useListContext<PlanRow>();
  return (
    <Box sx={{ display: 'grid', gap: 2, p: { xs: 1, md: 2 } }}>
      {data?.map((plan) => (
        <Plan key={plan.id} plan={plan} />
      ))}
    </Box>
  );
};

export const PlanList = () => (
  <ConsoleList
    emptyName="plans"
    intro="intro.plans"
    pagination={false}
    actions={mayDo('plans', 'create') ? <CreateButton label="plan.write" /> : undefined}
    begin={{ label: 'plan.write', to: '/plans/create', resource: 'plans', action: 'create' }}
  >
    <Plans />
  </ConsoleList>
);
