import { Box, Tooltip, Typography } from '@mui/material';
import { Fragment } from 'react';
import { Link, useLocale, useRecordContext, useTranslate } from 'react-admin';
import { PeriodAuditField } from '../audit/AuditButton';
import { Channel, CountField, InstantField, Period, PeriodField, PlainField, Word, WordField } from '../fields/fields';
import { Who } from '../fields/Who';
import { formatDate } from '../money/format';
import { ConsoleList } from '../pages/ConsoleList';
import { filtered } from '../pages/filtered';
import { Column, Figures, Rows } from '../pages/Rows';
import { Quiet } from '../pages/Section';
import { InFull } from '../problem/InFull';
import { useBrand } from '../providers/brand';
import type { PeriodRow } from '../providers/rows';
import { PeriodActions } from './PeriodActions';

type Obstacle = PeriodRow['obstacles'][number];

const MOST_SHOWN = 3;

/** Days of which channels are not complete: the first of them, and whether there are more. */
const Open = ({ days }: { days: NonNullable<Obstacle['days']> }) => {
  const translate = useTranslate();
  const locale = useLocale();
  const brand = useBrand();
  return (
    <Quiet>
      {days.slice(0, MOST_SHOWN).map(({ businessDate, channels }) => (
        <Fragment key={businessDate}>
          {formatDate(businessDate, locale)}
          {channels.length === brand?.channels.length
            ? ` · ${translate('board.every_channel')}`
            : channels.map((channel) => (
                <Fragment key={channel}>
                  {' · '}
                  <Channel value={channel} />
                </Fragment>
              ))}
          <br />
        </Fragment>
      ))}
      {days.length > MOST_SHOWN ? translate('period.more_days') : ''}
    </Quiet>
  );
};

const Obstacles = () => {
  const translate = useTranslate();
  const period = useRecordContext<PeriodRow>();
  return (
    <Box component="ul" sx={{ m: 0, pl: 2 }}>
      {period?.obstacles.map(({ code, message, days }) => (
        <Typography key={code + message} component="li" variant="body2">
          {translate(`problem.${code}`, { _: message })}
          {days?.length ? <Open days={days} /> : null}
          <Quiet>{translate(`remedy.${code}`, { _: '' })}</Quiet>
          {days?.length ? null : <InFull>{message}</InFull>}
        </Typography>
      ))}
    </Box>
  );
};

const Statements = () => {
  const period = useRecordContext<PeriodRow>();
  if (!period?.statements) return <CountField source="statements" />;
  return (
    <Link to={filtered('statements', { period: period.period })}>
      <CountField source="statements" />
    </Link>
  );
};

/** Who started and who closed; a period that closed by itself names nobody. */
const By = () => {
  const translate = useTranslate();
  const period = useRecordContext<PeriodRow>();
  if (!period || period.state === 'OPEN') return null;
  if (period.closingStartedBy === null && period.closedBy === null) return <>{translate('period.by_itself')}</>;
  return (
    <>
      <Who id={period.closingStartedBy} />
      {period.closedBy ? (
        <>
          {' → '}
          <Who id={period.closedBy} />
        </>
      ) : null}
    </>
  );
};

const State = () => {
  const translate = useTranslate();
  const period = useRecordContext<PeriodRow>();
  return (
    <Tooltip title={period?.seal ? translate('period.seal', { seal: period.seal }) : ''}>
      <span>
        <WordField source="state" group="period_state" />
      </span>
    </Tooltip>
  );
};

export const PeriodList = () => (
  <ConsoleList emptyName="periods" intro="intro.periods" pagination={false}>
    <Rows<PeriodRow>
      rowClick={false}
      phone={{
        primary: (row) => <Period value={row.period} />,
        secondary: (row) => <Word plain group="period_state" value={row.state} />,
        tertiary: () => <PeriodActions />,
      }}
    >
      <Column source="period" field={PeriodField} />
      <Column source="state" field={State} />
      <Column label="period.by" field={By} />
      <Column source="closedAt" field={InstantField} />
      <Figures source="statements" field={Statements} />
      <Column source="obstacles" field={Obstacles} />
      <Column source="overrideReason" field={PlainField} />
      <Column label="list.actions" field={PeriodActions} />
      <Column label="audit.column" field={PeriodAuditField} />
    </Rows>
  </ConsoleList>
);
