import { Box, Button, Typography } from '@mui/material';
import { useState } from 'react';
import { Link, useNotify, useRecordContext, useRefresh, useTranslate } from 'react-admin';
import { CountField, InstantField, Period, PeriodField, PlainField, Word, WordField } from '../fields/fields';
import { ConsoleList } from '../pages/ConsoleList';
import { ReasonDialog } from '../pages/ReasonDialog';
import { Column, Figures, Rows } from '../pages/Rows';
import { useTellProblem } from '../problem/useTellProblem';
import { mayDo } from '../providers/access';
import { brandPath } from '../providers/dataProvider';
import { sendJson } from '../providers/http';
import type { PeriodRow } from '../providers/rows';

const Close = () => {
  const translate = useTranslate();
  const period = useRecordContext<PeriodRow>();
  const notify = useNotify();
  const refresh = useRefresh();
  const tellProblem = useTellProblem();
  const [asking, setAsking] = useState(false);
  if (!period || period.state !== 'OPEN' || !mayDo('periods', 'close')) return null;
  const blocked = period.obstacles.length > 0;
  const close = async (reason: string) => {
    setAsking(false);
    try {
      const body = blocked ? { override: reason } : {};
      await sendJson('POST', await brandPath('distribution', `periods/${period.period}/close`), body);
      notify('period.closing', { type: 'info' });
      refresh();
    } catch (error) {
      tellProblem(error);
    }
  };
  return (
    <>
      <Button size="small" variant={blocked ? 'text' : 'contained'} onClick={() => setAsking(true)}>
        {translate(blocked ? 'period.close_anyway' : 'period.close')}
      </Button>
      <ReasonDialog
        open={asking}
        withoutReason={!blocked}
        title="period.close"
        consequence={translate(blocked ? 'period.override_consequence' : 'period.consequence', {
          period: period.period,
        })}
        action={blocked ? 'period.close_anyway' : 'period.close'}
        minLength={5}
        onCancel={() => setAsking(false)}
        onReason={(reason) => void close(reason)}
      />
    </>
  );
};

const Obstacles = () => {
  const translate = useTranslate();
  const period = useRecordContext<PeriodRow>();
  return (
    <Box component="ul" sx={{ m: 0, pl: 2 }}>
      {period?.obstacles.map((obstacle) => (
        <Typography key={obstacle.code + obstacle.message} component="li" variant="body2">
          {translate(`problem.${obstacle.code}`, { _: obstacle.message })}
        </Typography>
      ))}
    </Box>
  );
};

const Statements = () => {
  const period = useRecordContext<PeriodRow>();
  if (!period?.statements) return <CountField source="statements" />;
  return (
    <Link to={`/statements?filter=${encodeURIComponent(JSON.stringify({ period: period.period }))}`}>
      <CountField source="statements" />
    </Link>
  );
};

export const PeriodList = () => (
  <ConsoleList emptyName="periods" intro="intro.periods" pagination={false}>
    <Rows<PeriodRow>
      rowClick={false}
      phone={{
        primary: (row) => <Period value={row.period} />,
        secondary: (row) => <Word plain group="period_state" value={row.state} />,
        tertiary: () => <Close />,
      }}
    >
      <Column source="period" field={PeriodField} />
      <Column source="state">
        <WordField source="state" group="period_state" />
      </Column>
      <Column source="closedAt" field={InstantField} />
      <Figures source="statements" field={Statements} />
      <Column source="obstacles" field={Obstacles} />
      <Column source="overrideReason" field={PlainField} />
      <Column label="" field={Close} />
    </Rows>
  </ConsoleList>
);
